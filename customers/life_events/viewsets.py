from typing import Any

from django.utils import timezone

from crm.base.api import Changes, Creates, Deletes, ScopedViewSet
from customers.life_events.filters import LifeEventFilter
from customers.life_events.serializers import LifeEventSerializer
from customers.life_events.services import strike_life_event
from customers.models import LifeEvent


class LifeEventViewSet(Creates, Changes, Deletes, ScopedViewSet):
    """What happens in customers' lives, the newest first; without what was struck out."""

    resource = "life-events"
    queryset = LifeEvent.objects.standing().select_related("customer", "by")
    serializer_class = LifeEventSerializer
    filterset_class = LifeEventFilter
    ordering_fields = {"on": "on"}
    ordering = "-on"
    announces_reads = True

    def perform_delete(self, found: LifeEvent, by: Any) -> None:
        strike_life_event(event=found, by=by, at=timezone.now())


ROUTES = (("life-events", LifeEventViewSet, "life-events"),)
