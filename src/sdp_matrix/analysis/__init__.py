"""The query engine: questions to a data set, answered by frozen values."""
