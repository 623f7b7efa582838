"""What the outbox adds to the requests, the REST paths and the pages."""

from typing import Any

from django.urls import path

from crm.base.panels import Panel
from crm.base.slots import contribute
from service import tasks
from service.models import CoreMessage, ServiceRequest
from service.outbox import services
from service.outbox.answers import CoreAnswers
from service.outbox.posting import is_connected
from service.outbox.viewsets import SentRequestViewSet
from service.requests.services import AUTHORISED, CANCELLED
from service.requests.views import PANELS

SHOWN = 8
COLOURS = {
    CoreMessage.State.WAITING: "yellow", CoreMessage.State.DELIVERED: "green", CoreMessage.State.STUCK: "red",
    CoreMessage.State.DROPPED: "secondary",
}  # fmt: skip


READS, WRITES = "service-requests:read", "service-requests:write"


def _of_request(request: Any, asked: ServiceRequest) -> dict[str, Any] | None:
    message = CoreMessage.objects.filter(request=asked).prefetch_related("log").first()
    if message is None:
        return None
    is_stuck = message.state == CoreMessage.State.STUCK
    return {
        "message": message,
        "log": list(message.log.all())[-SHOWN:],
        "colour": COLOURS[CoreMessage.State(message.state)],
        "waits": message.state == CoreMessage.State.WAITING,
        "is_connected": is_connected(),
        "may_send": is_stuck and request.user.may(WRITES),
        "asked": asked,
    }


def register() -> None:
    contribute(PANELS, Panel("core", "service/outbox/_request.html", _of_request, permission=READS))
    contribute(AUTHORISED, services.put)
    contribute(CANCELLED, services.drop)
    contribute(services.RING, tasks.ring_outbox)
    contribute("api.routes", ("service-requests", SentRequestViewSet, "service-requests"))
    contribute("api.paths", path("core-answers/", CoreAnswers.as_view(), name="core-answers"))
