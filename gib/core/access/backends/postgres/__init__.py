"""PostgreSQL with the tripwire."""
