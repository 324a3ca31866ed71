"""The procedure language: its models, how files are read, and the rules that they are checked against."""
