from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import Branch, Team
from crm.identity.scope import scope_of
from customers import masking
from service.models import ServiceRequest, Ticket, WorkOrder, WorkOrderStep

TEAMS, BRANCHES = Team.objects.order_by("code"), Branch.objects.order_by("code")


class WorkOrderStepSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = WorkOrderStep
        fields = ["state", "at", "by", "department", "words"]
        read_only_fields = fields


class WorkOrderSerializer(serializers.ModelSerializer):
    """For a `team` or a `branch`, of a `ticket` (number) or a `request` (id). `customer` is a masked number out of reach."""

    customer = serializers.SerializerMethodField()
    ticket = serializers.SlugRelatedField(slug_field="number", read_only=True, allow_null=True)
    team = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    taken_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    opened_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    steps = WorkOrderStepSerializer(many=True, read_only=True)

    class Meta:
        model = WorkOrder
        fields = [
            *("id", "customer", "ticket", "request", "team", "branch", "what", "state", "due_at", "opened_at", "opened_by"),
            *("taken_by", "ended_at", "steps", "version"),
        ]  # fmt: skip
        read_only_fields = fields

    def get_customer(self, order: WorkOrder) -> str:
        number, user = order.customer.number, self.context["request"].user
        return number if scope_of(user).holds(order.customer) else masking.customer_number(number)


class WorkOrdersAsked(serializers.Serializer):
    """One order for each team and branch."""

    ticket = ScopedSlug(slug_field="number", queryset=Ticket.objects.all(), required=False)
    request = ScopedSlug(slug_field="id", queryset=ServiceRequest.objects.all(), required=False)
    teams = serializers.SlugRelatedField(slug_field="code", queryset=TEAMS, many=True, required=False)
    branches = serializers.SlugRelatedField(slug_field="code", queryset=BRANCHES, many=True, required=False)
    what = serializers.CharField(max_length=300)
    due_at = serializers.DateTimeField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs | {"departments": [*attrs.pop("teams", ()), *attrs.pop("branches", ())]}


class OrderVersionSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)


class OrderWordsSerializer(OrderVersionSerializer):
    words = serializers.CharField(max_length=1000)


class PassOnSerializer(OrderVersionSerializer):
    """To a `team` or to a `branch`."""

    team = serializers.SlugRelatedField(slug_field="code", queryset=TEAMS, required=False)
    branch = serializers.SlugRelatedField(slug_field="code", queryset=BRANCHES, required=False)
    due_at = serializers.DateTimeField()
    words = serializers.CharField(max_length=1000, required=False, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        team, branch = attrs.pop("team", None), attrs.pop("branch", None)
        if bool(team) == bool(branch):
            raise serializers.ValidationError({"team": [_("Choose a team or a branch.")]})
        return attrs | {"to": team or branch}
