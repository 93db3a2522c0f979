"""The year 2010: a whole programme year, performed day by day by the actions themselves."""
