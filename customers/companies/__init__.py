"""Companies as customers: their figures, who owns and runs them, groups, limits and guarantees, visits, news, renewals."""
