"""Guards of every page: seals against forged posts, cookies, flood protection."""
