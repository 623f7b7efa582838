"""The next product: at most three that suit a customer and that similar customers hold, and what became of each."""
