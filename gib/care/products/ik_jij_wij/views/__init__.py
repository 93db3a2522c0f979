"""Pages of courses: the series, and one mother in it."""
