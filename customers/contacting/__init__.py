"""Whether a customer may be contacted, and what may be sold to them: consents, flags, risk assessments."""
