"""The rules, one a file: `dl012_duration_without_unit.py` holds `RULE` with the id DL012."""
