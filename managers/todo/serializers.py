from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from managers.models import Task
from managers.todo.services import CLOSINGS, close_task


class TaskSerializer(serializers.ModelSerializer):
    """It concerns a `customer` or a `manager`. `about` is what it is about: for a refused refund the number of the entry. PATCH of `state` and `remark` closes it."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True, allow_null=True)
    manager = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    sentence = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = Task
        fields = [
            *("id", "customer", "manager", "kind", "about", "sentence", "figures", "due_on", "state", "remark"),
            *("opened_at", "closed_at", "closed_by"),
        ]
        read_only_fields = ["kind", "about", "figures", "due_on", "state", "remark", "opened_at", "closed_at"]


class TaskClosingSerializer(TaskSerializer):
    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in CLOSINGS])
    remark = serializers.CharField(max_length=300, required=False, allow_blank=True)

    class Meta(TaskSerializer.Meta):
        read_only_fields = ["kind", "about", "figures", "due_on", "opened_at", "closed_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A PATCH may leave fields out, but this one closes: with a state."""
        if "state" not in attrs:
            raise serializers.ValidationError({"state": _("What became of the task belongs here.")})
        return {"remark": ""} | attrs

    def update(self, instance: Task, validated_data: dict[str, Any]) -> Task:
        return close_task(task=instance, as_of=timezone.now(), **validated_data)
