"""Reading of documents by Spark: the files and tables that there are, in parts, and the records of each part."""
