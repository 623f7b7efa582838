from crm.base.api import Creates, ScopedViewSet
from customers.filters import InteractionFilter
from customers.models import Interaction
from customers.serializers.contacts import InteractionSerializer


class InteractionViewSet(Creates, ScopedViewSet):
    resource = "interactions"
    queryset = Interaction.objects.select_related("customer", "by")
    serializer_class = InteractionSerializer
    filterset_class = InteractionFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"
