"""Forms about a family, consent and detention, in the module of their matter."""
