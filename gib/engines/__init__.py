"""Pure calculations, without Django: matching, mornings and others each get a room here with their issue."""
