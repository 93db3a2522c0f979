"""Pages of signing in, of one's own keys, of who has access, and of the demonstration."""
