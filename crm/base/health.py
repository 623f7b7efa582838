"""For the machines that watch: alive, ready, and figures for scrapers."""

import hmac
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView
from health_check.base import HealthCheck
from health_check.checks import Cache, Database
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView

LOOPBACK = ("127.0.0.1", "::1")


class Migrations(HealthCheck):
    """The schema is that of the code. Once it is, it stays so while this process lives."""

    seen = False

    def run(self) -> None:
        if Migrations.seen:
            return
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                raise ServiceUnavailable("migrations are not applied")
            Migrations.seen = True
        finally:
            connection.close()


class Ready(HealthCheckView):
    """200 when PostgreSQL and Redis answer and the schema is there, else 503; says which, and nothing more."""

    checks = (Database, Cache, Migrations)

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self.get_executor() as executor:
            results = [await check.get_result(executor) for check in self.get_checks()]
        said = {type(result.check).__name__.lower(): "unavailable" if result.error else "ok" for result in results}
        return JsonResponse(said, status=503 if any(result.error for result in results) else 200)


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """With the token of CRM_METRICS_TOKEN; without such a setting, for programs on this machine that no proxy sent."""
    wanted = settings.CRM_METRICS_TOKEN
    if wanted:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = hmac.compare_digest(sent.encode(), wanted.encode())
    else:
        proxied = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers)
        allowed = request.META["REMOTE_ADDR"] in LOOPBACK and not proxied
    if not allowed:
        return HttpResponse("for scrapers only\n", status=403, content_type="text/plain")
    return ExportToDjangoView(request)
