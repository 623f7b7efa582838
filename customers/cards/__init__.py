"""Cards that a branch makes while the customer waits, and the blanks they are made of."""
