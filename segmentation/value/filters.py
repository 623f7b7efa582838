from crm.base.filters import FilterSet
from segmentation.models import ValueVersion


class ValueVersionFilter(FilterSet):
    class Meta:
        model = ValueVersion
        fields = ["number"]
