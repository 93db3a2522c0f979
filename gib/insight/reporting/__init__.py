"""The figures of a year: what each counts, on a page, as a file, and rebuilt from the journal alone."""
