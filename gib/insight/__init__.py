"""Reads everything and changes nothing below it; the figures get their room here with their issue."""
