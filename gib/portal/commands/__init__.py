"""What the `gib` command does, one module per subject; each function takes the parsed arguments."""
