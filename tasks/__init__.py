"""Tasks: the work machines do, registered by name and called from procedures."""
