"""Who looked at customers outside their own book or branch."""
