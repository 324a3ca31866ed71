"""Scenarios: playing policy tests on the virtual clock, and comparing what was expected with what happened."""
