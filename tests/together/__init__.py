"""Two people who do the same thing at the same moment: it happens once."""
