from crm.base.api import ScopedViewSet
from segmentation.models import ValueVersion
from segmentation.value.filters import ValueVersionFilter
from segmentation.value.serializers import ValueVersionSerializer

NO_SECRET = "the rates of the bank belong to no customer"


class ValueVersionViewSet(ScopedViewSet):
    """What value is reckoned with: every version. A change is proposed as kind `value`."""

    resource = "value-assumptions"
    unscoped = NO_SECRET
    queryset = ValueVersion.objects.all()
    serializer_class = ValueVersionSerializer
    filterset_class = ValueVersionFilter
    ordering_fields = {"effective_from": "effective_from"}
    ordering = "-effective_from"
