"""Who asks, for the audit trail: set by the middleware, the worker and the command line.

`door` is one of page, rest, admin; empty where nobody asked over the web.
"""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
door: ContextVar[str] = ContextVar("door", default="")
