"""The contracts of the house: each is a function over a folder, run on the house and on a planted fault."""
