"""The built-in mailbox of a demonstration."""
