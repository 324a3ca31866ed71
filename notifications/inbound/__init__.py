"""Inbound mail: fetched or taken, read, told apart, and its outcome committed before the mailbox hears of it."""
