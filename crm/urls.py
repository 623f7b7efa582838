"""The URL map of pages, REST and health."""

from django.contrib import admin
from django.urls import include, path

from crm.base import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("livez", health.live, name="livez"),
    path("readyz", health.Ready.as_view(), name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("runs/", include("crm.nightly.urls")),
    path("api/v1/", include("crm.api")),
]
