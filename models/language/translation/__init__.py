"""From Pydantic's errors to problems: the right place, the author's words, and what is available."""
