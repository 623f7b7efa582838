"""Knowing one's customer: the money-laundering risk, and reviews that come due by it."""
