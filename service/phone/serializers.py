from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Call, Customer, Interaction
from service.models import CallBack, Caller, CallReason, CallScript, WrapUp
from service.phone.call_backs import book
from service.phone.keeping import keep_script
from service.phone.wrapping import wrap_up


class CallBackSerializer(serializers.ModelSerializer):
    """To a `customer` (number) or a `caller` (id). `take` says the number, `finish` how it went, `cancel` that it is off."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), required=False, allow_null=True)
    caller = ScopedSlug(slug_field="id", queryset=Caller.objects.known(), required=False, allow_null=True)
    booked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    taken_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = CallBack
        fields = [
            *("id", "customer", "caller", "topic", "due_at", "by_manager", "state", "booked_by", "booked_at"),
            *("taken_by", "taken_at", "made", "ended_at", "version"),
        ]
        read_only_fields = ["state", "booked_at", "taken_at", "made", "ended_at", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> CallBack:
        return book(at=timezone.now(), **validated_data)


class TakenSerializer(serializers.Serializer):
    """The number, said once; `call` is the id of the call that began."""

    number = serializers.CharField()
    call = serializers.IntegerField(allow_null=True)


class FinishSerializer(serializers.Serializer):
    is_reached = serializers.BooleanField()


class ScriptSerializer(serializers.ModelSerializer):
    """POST makes the next version of its moment."""

    written_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = CallScript
        fields = ["id", "moment", "number", "text_en", "text_zh", "written_by", "written_at"]
        read_only_fields = ["number", "written_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> CallScript:
        return keep_script(at=timezone.now(), **validated_data)


class ReasonSerializer(serializers.ModelSerializer):
    class Meta:
        model = CallReason
        fields = ["id", "code", "name", "is_used"]


class WrapUpSerializer(serializers.ModelSerializer):
    """POST ends the `call` (id), one's own, and logs the contact of one with a customer: `purpose`, `note` and `next_on` go there."""

    call = ScopedSlug(slug_field="id", queryset=Call.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    purpose = serializers.ChoiceField(choices=Interaction.Purpose.choices, required=False, write_only=True)
    note = serializers.CharField(max_length=4000, required=False, allow_blank=True, write_only=True)
    next_on = serializers.DateField(required=False, allow_null=True, write_only=True)
    reasons = serializers.ListField(child=serializers.CharField(max_length=32), required=False, default=list)

    class Meta:
        model = WrapUp
        fields = ["id", "call", "outcome", "reasons", "follows", "is_solved", "purpose", "note", "next_on", "by", "at"]
        read_only_fields = ["at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> WrapUp:
        return wrap_up(at=timezone.now(), **{"follows": WrapUp.Next.NOTHING} | validated_data)
