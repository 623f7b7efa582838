from crm.base.api import WritableViewSet
from customers.filters import InteractionFilter
from customers.models import Interaction
from customers.serializers.contacts import InteractionSerializer


class InteractionViewSet(WritableViewSet):
    resource = "interactions"
    http_method_names = ["get", "post", "head"]
    queryset = Interaction.objects.select_related("customer", "by")
    serializer_class = InteractionSerializer
    filterset_class = InteractionFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"
