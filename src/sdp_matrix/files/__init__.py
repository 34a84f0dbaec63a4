"""Data files as they lie on disk: folders, YAML with places and comments, and their reading into records."""
