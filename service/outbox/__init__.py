"""What leaves the bank for its core: every message until it arrived, its effect once, and the core's answers back."""
