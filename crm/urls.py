"""The URL map of pages, REST and health."""

from django.contrib import admin
from django.urls import include, path

from crm.base import health
from crm.base.search import SearchPage
from crm.dashboard import Home

handler500 = "crm.base.pages.errors.server_error"

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("search/", SearchPage.as_view(), name="search"),
    path("", include("crm.identity.urls")),
    path("", include("crm.audit.urls")),
    path("admin/", admin.site.urls),
    path("livez", health.live, name="livez"),
    path("readyz", health.Ready.as_view(), name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("customers.urls")),
    path("", include("segmentation.urls")),
    path("", include("managers.urls")),
    path("", include("service.urls")),
    path("proposals/", include("crm.approvals.urls")),
    path("runs/", include("crm.nightly.urls")),
    path("api/v1/", include("crm.api")),
]
