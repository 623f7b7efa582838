"""Who is about to move to another tier: looked for once the figures of a date are published."""
