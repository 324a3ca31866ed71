"""Showing: cases of the running system in a terminal."""
