"""Resource requests: what managers ask of the bank for their customers, who grants it, and whether it was kept to."""
