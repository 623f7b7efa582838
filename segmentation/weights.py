"""What a customer weighs in a manager's book, by tier. Tiers that are not named here need no manager."""

WEIGHTS = {"gold": 1, "platinum": 2, "diamond": 4, "private": 8}
