"""An open page asks now and then whether somebody changed the customer that it shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from customers.history import writes_of
from customers.views.customer import OfCustomer


class CustomerVersion(OfCustomer):
    """204 while `seen` is the version that is there; else who changed what, and the way to the newest."""

    template_name = "customers/editing/_moved.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody asked for this by hand: who is signed out keeps the page, with what they typed."""
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object, seen = self.get_object(), self.kwargs["seen"]
        if self.object.version == seen:
            return HttpResponse(status=204)
        writes = [write for write in writes_of(self.object, since=seen) if write.fields]
        return self.render_to_response(self.get_context_data(writes=writes, is_form="form" in request.GET))
