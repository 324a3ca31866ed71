"""One file a command: each offers `command`, and is imported only when it is called."""
