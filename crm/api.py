"""REST under /api/v1/: what the apps put into the slots "api.routes" and "api.paths".

A route is `(prefix, viewset, basename)`; a path is a `django.urls.path` for what is no collection.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from crm.base.problems import as_response
from crm.base.slots import contributions

app_name = "api"


def unknown(request: HttpRequest) -> HttpResponse:
    """Nothing is served here: said as a problem, not as a page."""
    return as_response(request, 404, _("There is nothing at this address."), "not_found")


router = SimpleRouter(use_regex_path=False)
for prefix, viewset, basename in contributions("api.routes"):
    router.register(prefix, viewset, basename)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html"), name="docs"
    ),
    *contributions("api.paths"),
    *router.urls,
    re_path(r"^(?:.*/)?$", unknown, name="unknown"),
]
