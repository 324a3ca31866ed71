"""My assignments."""
