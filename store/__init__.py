"""The store: the memory of Duly. Plain synchronous SQL, one code path for SQLite and PostgreSQL."""
