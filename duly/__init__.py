"""Duly runs a company's written security policy; this package is its composition root."""
