"""The home of a demonstration. On a real system none of it is there."""
