"""Who is at work when: shifts around the clock by team, how many must be there, what is missing, and who swaps with whom."""
