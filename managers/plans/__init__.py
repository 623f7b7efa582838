"""Plans of important customers: where the bank wants to be with them in one to three years, and how far it is."""
