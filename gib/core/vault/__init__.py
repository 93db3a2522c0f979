"""Sealed fields with a key per box; plaintext leaves only through a descriptor that notes the read."""
