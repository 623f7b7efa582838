"""What the bank holds of a customer: told to them in one file, and forgotten where no law keeps it (docs/adr/0110)."""
