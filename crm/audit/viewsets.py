from crm.audit.filters import EventFilter
from crm.audit.models import Event
from crm.audit.serializers import EventSerializer
from crm.base.api import ScopedViewSet


class EventViewSet(ScopedViewSet):
    resource = "audit-events"
    queryset = Event.objects.all()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"
