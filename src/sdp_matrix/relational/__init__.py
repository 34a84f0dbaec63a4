"""The data as tables for other programs: csv, SQLite, Parquet and frames."""
