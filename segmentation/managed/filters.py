from crm.base.filters import FilterSet
from segmentation.models import AssignmentPolicy


class AssignmentPolicyFilter(FilterSet):
    class Meta:
        model = AssignmentPolicy
        fields = ["number", "effective_from"]
