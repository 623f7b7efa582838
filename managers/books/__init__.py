"""Books: who looks after which customers, as what and since when; and what each manager carries."""
