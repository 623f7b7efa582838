"""A draft policy tried on the whole book, on the frozen facts of a business date."""
