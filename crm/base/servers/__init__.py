"""PostgreSQL and Redis of our own, for a machine where no DATABASE_URL and REDIS_URL are given.

`borrow.servers(folder)` is the door. A keeper process owns the two servers and stops them when nobody borrows them any more.
Nothing here imports Django: the launcher and the pytest plugin run before the settings are read.
"""
