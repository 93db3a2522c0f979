"""The engines of the main store, each with the tripwire in its path."""
