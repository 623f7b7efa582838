"""Cadence: how often the bank speaks with its customers, by tier, and with whom it is due."""
