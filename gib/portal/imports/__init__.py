"""Sheets on screen and from the command line: the front door of `core.sheets`."""
