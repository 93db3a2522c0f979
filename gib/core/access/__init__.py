"""Who may do what, which rows exist for whom, and which fields are shown: tables, one guard, one scope."""
