"""Which customers have a manager, of which team, and what each tier weighs in a book."""
