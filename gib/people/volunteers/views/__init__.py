"""Pages about volunteers."""
