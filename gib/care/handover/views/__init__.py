"""Pages about needs, the reporting code, and the way to other help."""
