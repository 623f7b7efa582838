"""The best people for the best customers: what managers are able to do, what the tiers ask of them, and how a year went."""
