"""Real input: lists as organisations keep them go in on screen and from a shell, and their people walk on."""
