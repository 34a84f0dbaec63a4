"""The data as a package of files for other programs."""
