"""Custom attributes: what a bank's file brings that no field is for, kept, shown, and asked by rules (docs/adr/0111)."""
