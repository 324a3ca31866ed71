"""Testing: which policy tests run, and what is said about them."""
