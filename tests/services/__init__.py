"""Services that the tests start for themselves and throw away."""
