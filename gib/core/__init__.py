"""The rules of the house: nothing here knows a word of the field."""
