"""The version of the program; the data have one of their own, in dataset.yaml."""

VERSION = "0.1.0"
