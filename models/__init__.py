"""The models: what is read from YAML, the expressions in it, and the rows of the store."""
