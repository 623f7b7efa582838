"""Periods that a bank's law sets: how long it keeps what, and how soon it answers (holds.py says which law)."""

import environ

env = environ.Env()
# years for which who a customer was, and what moved, is kept after the relation ended
RETENTION_YEARS = env.int("CRM_RETENTION_YEARS", default=10)
# days in which a request to be erased is answered, and days for which a subject export is kept
ANSWER_DAYS = env.int("CRM_PRIVACY_DAYS", default=30)
EXPORT_DAYS = env.int("CRM_SUBJECT_EXPORT_DAYS", default=14)
