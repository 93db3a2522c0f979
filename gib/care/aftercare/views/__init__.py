"""Pages about who pays, and about what is shared at a safety house."""
