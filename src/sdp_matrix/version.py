"""The version of the program; the data have one of their own, in dataset.yaml."""

VERSION = "1.0.0"
