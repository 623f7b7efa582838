from rest_framework import serializers

from crm.base.api import ScopedViewSet
from segmentation.managed.filters import AssignmentPolicyFilter
from segmentation.models import AssignmentPolicy


class AssignmentPolicySerializer(serializers.ModelSerializer):
    """`content` is as in a policy file."""

    class Meta:
        model = AssignmentPolicy
        fields = ["id", "number", "effective_from", "content", "published_at"]


class AssignmentPolicyViewSet(ScopedViewSet):
    """Every version of the assignment policy; a new one is proposed by POST to `proposals/`, of the kind `assignment_policy`."""

    resource = "assignment-policies"
    unscoped = "who is to have a manager names no customer"
    queryset = AssignmentPolicy.objects.all()
    serializer_class = AssignmentPolicySerializer
    filterset_class = AssignmentPolicyFilter
    ordering_fields = {"effective_from": "effective_from"}
    ordering = "-effective_from"
