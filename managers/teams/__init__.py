"""Teams of managers: named by the bank, led within a branch, and named by the assignment policy."""
