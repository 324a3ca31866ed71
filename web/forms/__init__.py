"""Forms that open cases, made from the fields of a procedure."""
