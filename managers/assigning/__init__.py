"""Assigning in the night: who is managed and has nobody gets a manager of their team; who carries too much is to give some away."""
