"""How answers are asked for and read: one input for each kind of field."""
