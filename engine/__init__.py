"""The engine: pure. It decides what an event makes of a case, and knows no clock, no database and no mail."""
