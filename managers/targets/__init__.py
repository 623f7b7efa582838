"""Targets per manager, team and branch, and how far they are reached."""
