"""The explorer: one page that answers without a server."""
