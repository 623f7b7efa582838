from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from crm.base.context_vars import request_id


class RequestContext:
    """Gives each request an id: the audit trail keeps it, the answer says it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid4().hex
        token = request_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = number
        return response
