"""The day of a manager: what to do now and why, ranked; the brief before a meeting; the calendar."""
