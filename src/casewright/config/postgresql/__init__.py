"""Django's PostgreSQL, but that a page waits for a connection once only."""
