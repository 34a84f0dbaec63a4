"""Data files on disk: folders, YAML with the position of each value, and the reading of both into records."""
