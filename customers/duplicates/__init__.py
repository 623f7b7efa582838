"""Two records of one customer: found, shown side by side, made one, and parted again where that was wrong."""
