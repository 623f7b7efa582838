from crm.base.api import Changes, Creates, ScopedViewSet
from segmentation.free_accounts.filters import FreeAccountFilter
from segmentation.free_accounts.serializers import FreeAccountEndSerializer, FreeAccountSerializer
from segmentation.models import FreeAccount


class FreeAccountViewSet(Changes, Creates, ScopedViewSet):
    """The account that a customer named as free of the small-balance fee. POST names one, PATCH of `until` ends it."""

    resource = "free-accounts"
    queryset = FreeAccount.objects.select_related("customer", "account", "named_by")
    filterset_class = FreeAccountFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"

    def get_serializer_class(self) -> type[FreeAccountSerializer]:
        return FreeAccountEndSerializer if self.action == "partial_update" else FreeAccountSerializer
