"""PDF, Word and calendar feeds get their room here with the issue that needs them first."""
