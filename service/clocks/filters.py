from crm.base.filters import FilterSet
from service.models import ServiceLevels


class ServiceLevelsFilter(FilterSet):
    class Meta:
        model = ServiceLevels
        fields = ["number", "effective_from"]
