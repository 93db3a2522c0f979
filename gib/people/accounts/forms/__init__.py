"""Forms of signing in: those of the library in our dress, and our own."""
