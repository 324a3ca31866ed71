"""Running: the processes of an installation, put together from settings. The composition root; imported by commands."""
