"""Benching: how fast the real processes are, on this machine and this disk, against raw commits in the same run."""
