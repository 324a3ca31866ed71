"""Doctoring: looks at everything an installation needs, says what is wrong, and what to do."""
