"""The version of the program; the edition of the data is in dataset.yaml."""

VERSION = "1.0.0"
