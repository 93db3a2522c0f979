"""Spreadsheets in and out: reading, mapping, dry run, undo, templates. No word of the field."""
