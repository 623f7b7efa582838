"""Who asks, for the audit trail: set by the middleware, the worker and the command line."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
