"""Who and where: places and organisations, accounts, families and volunteers."""
