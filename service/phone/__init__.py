"""The phone centre around a call: what to say, what is open, call-backs, and how the call ended."""
