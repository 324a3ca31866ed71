"""Signing in by an emailed link or a password."""
