"""Proving: which procedures are proved, and what is said about them."""
