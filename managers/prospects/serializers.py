"""`customer` and `referrer` are numbers."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.scope import scope_of
from customers.models import Customer
from managers.models import Prospect
from managers.prospects.services import change_prospect, note_prospect


class InReach(ScopedSlug):
    """A customer out of reach is told by nothing."""

    def to_representation(self, obj: Any) -> Any:
        request = self.context.get("request")
        return super().to_representation(obj) if request and scope_of(request.user).holds(obj) else None


class ProspectSerializer(serializers.ModelSerializer):
    """`outcome` is the stage, or what the record is by now: converted, closed, deceased. PATCH changes what is said; `lose` and `convert` end it."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    referrer = InReach(slug_field="number", queryset=Customer.objects.all(), required=False, allow_null=True)
    manager = serializers.SlugRelatedField(
        source="customer.manager", slug_field="username", read_only=True, allow_null=True
    )
    outcome = serializers.CharField(read_only=True)
    first_contact = serializers.DateTimeField(read_only=True, allow_null=True)
    first_balance = serializers.DateField(read_only=True, allow_null=True)
    noted_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Prospect
        fields = [
            *("id", "customer", "source", "referrer", "manager", "stage", "outcome", "next_step", "next_on"),
            *("lost_because", "first_contact", "first_balance", "noted_by", "noted_at", "version"),
        ]
        read_only_fields = ["stage", "lost_because", "noted_at", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Prospect:
        return told(note_prospect(at=timezone.now(), **validated_data))


class ProspectChangeSerializer(ProspectSerializer):
    customer = ScopedSlug(slug_field="number", read_only=True)
    stage = serializers.ChoiceField(choices=Prospect.Stage.choices)

    class Meta(ProspectSerializer.Meta):
        read_only_fields = ["lost_because", "noted_at", "version"]

    def update(self, instance: Prospect, validated_data: dict[str, Any]) -> Prospect:
        return told(change_prospect(prospect=instance, at=timezone.now(), **validated_data))


def told(prospect: Prospect) -> Prospect:
    rows = Prospect.objects.select_related("customer__manager", "referrer", "noted_by")
    return rows.with_outcome().with_course().get(pk=prospect.pk)


class ConvertSerializer(serializers.Serializer):
    """`version` is that of the prospect which was read."""

    version = serializers.IntegerField(min_value=1)


class LoseProspectSerializer(ConvertSerializer):
    reason = serializers.CharField(max_length=300)
