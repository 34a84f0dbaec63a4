"""The data as tables for other programs: csv and SQLite."""
