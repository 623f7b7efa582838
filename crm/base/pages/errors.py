"""What stands there when something went wrong: what happened, what was kept, what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from crm.base.problems import as_response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Asks neither the database nor the session: they may be what failed. REST gets a problem."""
    if request.path.startswith("/api/"):
        return as_response(request, 500, _("Something went wrong. It was noted."), "error")
    return HttpResponse(render_to_string("500.html"), status=500)
