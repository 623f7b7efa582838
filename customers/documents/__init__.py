"""A customer's papers: by type, with number, issuer, days and pictures; renewed, revealed, and ending."""
