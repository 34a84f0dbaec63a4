"""Writing data files: new ones, and single values."""
