"""Touring: what a newcomer would try, played against a running demonstration, with a look at what comes of it."""
