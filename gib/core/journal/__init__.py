"""What happened and who looked: append-only records, subscribers and the outbox."""
