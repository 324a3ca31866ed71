"""Duly runs a company's written security policy; this package is its composition root."""

__version__ = "0.1.0"
"""Kept here, and not asked of the installed package: looking it up takes as long as all the rest of a short command."""
