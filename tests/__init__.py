"""Tests of Duly; a package, so that no foreign `tests` package can take its place."""
