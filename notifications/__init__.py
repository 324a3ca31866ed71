"""Notifications: mail that goes out, chat messages beside it, mail that comes in, and the links in between."""
