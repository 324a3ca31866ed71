"""Reading YAML: from bytes to plain data with positions, and a Problem for all that is refused."""
