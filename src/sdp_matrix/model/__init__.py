"""What the data are: records, vocabulary, dates and the data set they make up."""
