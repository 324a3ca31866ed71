"""Files that are handed in: checked, kept by hash, never shown inline."""
