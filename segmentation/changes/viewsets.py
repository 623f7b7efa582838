from crm.base.api import ScopedViewSet
from segmentation.changes.filters import ChangeFilter, ChangeRuleFilter
from segmentation.changes.serializers import ChangeRuleSerializer, ChangeSerializer
from segmentation.models import Change, ChangeRule


class ChangeViewSet(ScopedViewSet):
    """What the rules noticed of customers, the newest first."""

    resource = "changes"
    queryset = Change.objects.select_related("customer", "rule")
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    ordering_fields = {"day": "day"}
    ordering = "-day"


class ChangeRuleViewSet(ScopedViewSet):
    """Every version of every change rule, the newest first."""

    resource = "change-rules"
    unscoped = "what the bank wants to be told of names no customer"
    queryset = ChangeRule.objects.all()
    serializer_class = ChangeRuleSerializer
    filterset_class = ChangeRuleFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"


ROUTES = (("changes", ChangeViewSet, "changes"), ("change-rules", ChangeRuleViewSet, "change-rules"))
