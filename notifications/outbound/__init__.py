"""Outbound mail: what a letter says, how it looks, and how it reaches the server once and is never lost."""
