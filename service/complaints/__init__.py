"""Complaints and the clock of the law: apart from the service levels, by the regime of a country, never paused."""
