from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from crm.base.context_vars import door, request_id

DOORS = {"/api/": "rest", "/admin/": "admin"}


class RequestContext:
    """Gives each request an id: the audit trail keeps it, the answer says it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid4().hex
        token, way = request_id.set(number), door.set(_door(request.path))
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
            door.reset(way)
        response["X-Request-ID"] = number
        return response


def _door(path: str) -> str:
    return next((name for start, name in DOORS.items() if path.startswith(start)), "page")
