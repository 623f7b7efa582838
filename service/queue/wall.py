"""The display on the wall of the hall: which number goes to which counter. No names, no tiers; whoever has its address sees it."""

from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView

from crm.base.pages.access import is_fragment
from service.models import BranchQueue, QueueNumber

SHOWN = 8


class Wall(TemplateView):
    request: Any
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_template_names(self) -> list[str]:
        return ["service/queue/_wall.html" if is_fragment(self.request) else "service/queue/wall.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = BranchQueue.objects.select_related("branch")
        queue = get_object_or_404(rows, wall_key=self.kwargs["key"])
        now = timezone.now()
        today = QueueNumber.objects.filter(queue=queue).on(timezone.localdate(now))
        calls = Q(steps__act__in=["called", "recalled"])
        called = today.at_counters().select_related("counter").annotate(said_at=Max("steps__at", filter=calls))
        shown = {
            "queue": queue,
            "called": called.order_by("-said_at", "-pk")[:SHOWN],
            "waiting": today.filter(state__in=QueueNumber.WAITS).count(),
            "now": now,
        }
        return super().get_context_data(**shown | kwargs)
