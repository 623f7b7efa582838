from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.jobs.models import Run
from managers import tasks
from managers.assigning import nights
from managers.assigning.figures import Side, sides_of
from managers.models import MoveSuggestion


class SuggestionSerializer(serializers.ModelSerializer):
    """`customer` is a number. A head decides by `approve` or `refuse`."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    giver = serializers.SlugRelatedField(slug_field="username", read_only=True)
    taker = serializers.SlugRelatedField(slug_field="username", read_only=True)
    decided_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = MoveSuggestion
        fields = [
            *("id", "customer", "giver", "taker", "why", "weight", "made_at", "state", "decided_at", "decided_by"),
            *("reason", "version"),
        ]
        read_only_fields = fields


class ApproveSerializer(serializers.Serializer):
    """`version` is that of the suggestion which was read."""

    version = serializers.IntegerField(min_value=1)


class RefuseSerializer(ApproveSerializer):
    reason = serializers.CharField(max_length=300)


class SideSerializer(serializers.Serializer):
    """A manager in reach, before and after; `load_after` with what is suggested."""

    manager = serializers.CharField(source="name")
    customers = serializers.IntegerField()
    came = serializers.IntegerField()
    taken = serializers.IntegerField()
    given = serializers.IntegerField()
    load = serializers.IntegerField()
    load_after = serializers.IntegerField(source="after")
    capacity = serializers.IntegerField()


class AssignmentRunSerializer(serializers.ModelSerializer):
    """POST begins a preview. `result` is empty until it has ended: `placed`, `moved`, and `left` by reason."""

    is_preview = serializers.BooleanField(source="parameters.is_trial", read_only=True)
    books = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields = [
            *("id", "business_date", "is_preview", "status", "created_at", "finished_at", "rows_total", "rows_done"),
            *("result", "books"),
        ]
        read_only_fields = fields

    @extend_schema_field(SideSerializer(many=True))
    def get_books(self, run: Run) -> list[Any]:
        """Only of one run, not in a list of them."""
        view = self.context.get("view")
        is_list = getattr(view, "action", "") == "list"
        sides: list[Side] = [] if is_list else sides_of(run, self.context["request"].user)
        return list(SideSerializer(sides, many=True).data)

    def create(self, validated_data: dict[str, Any]) -> Run:
        run = nights.open_trial(by=validated_data["by"])
        tasks.ring()
        return run
