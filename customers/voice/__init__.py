"""The voice of the customer: needs met and unmet, and what the product department reads of them each month."""
