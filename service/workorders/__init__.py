"""What departments do for a ticket or a request: each its part, and one status towards the customer."""
