"""Fields are named as the columns of an import file; `customer` is the company's number, null where it is out of reach."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from customers.companies.parties import ends_of
from customers.companies.party_serializers import OutsidePartySerializer
from customers.companies.services import correct, log_visit, note
from customers.masking import masked
from customers.models import (
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    Customer,
    Guarantee,
    Renewal,
    SiteVisit,
)
from customers.models.noted import Noted

STAMPS = ["version", "noted_at", "by"]


class NotedSerializer(serializers.ModelSerializer):
    """POST notes something new, PATCH corrects it; what FIXED names stays."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """The service says what the database refuses, and what a correction may not touch can't be sent with one."""
        fields: dict[str, serializers.Field] = super().get_fields()
        if isinstance(self.instance, Noted):
            for name in {"customer", *self.instance.FIXED} & set(fields):
                fields[name].read_only = True
        return fields

    def get_validators(self) -> list[Any]:
        return []

    def create(self, validated_data: dict[str, Any]) -> Noted:
        return note(self.Meta.model, **validated_data, at=timezone.now())  # type: ignore[attr-defined]

    def update(self, instance: Noted, validated_data: dict[str, Any]) -> Noted:
        return correct(instance, at=timezone.now(), **validated_data)


class Amount(Money):
    """In the currency of its row; how many decimals that has, the service says."""

    def to_internal_value(self, data: Any) -> Any:
        return serializers.DecimalField.to_internal_value(self, data)


class WithPartySerializer(NotedSerializer):
    """The other end is `party`, a customer's number, or `outsider`. `is_hidden`: it is a customer out of reach."""

    party = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), required=False, allow_null=True)
    outsider = OutsidePartySerializer(required=False, allow_null=True)
    is_hidden = serializers.SerializerMethodField()

    def get_is_hidden(self, row: Any) -> bool:
        return row.party_id is not None and not getattr(row, "sees_party", True)

    def to_representation(self, row: Any) -> dict[str, Any]:
        said: dict[str, Any] = super().to_representation(row)
        if not getattr(row, "sees_customer", True):
            said["customer"] = None
        return said | ({"party": None} if self.get_is_hidden(row) else {})

    def create(self, validated_data: dict[str, Any]) -> Noted:
        return super().create(validated_data | ends_of(validated_data, by=validated_data["by"], at=timezone.now()))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Noted:
        """What was hidden when it was read is hidden in the answer."""
        row: Any = super().update(instance, validated_data)
        row.sees_customer, row.sees_party = instance.sees_customer, instance.sees_party
        return row


class RelationSerializer(WithPartySerializer):
    class Meta:
        model = CompanyRelation
        fields = [
            *("id", "customer", "kind", "party", "outsider", "is_hidden", "share", "function", "since", "until"),
            *("remark", *STAMPS),
        ]
        read_only_fields = STAMPS


class GuaranteeSerializer(WithPartySerializer):
    amount = Amount()

    class Meta:
        model = Guarantee
        fields = [
            *("id", "customer", "kind", "party", "outsider", "is_hidden", "amount", "currency", "what", "since"),
            *("until", "reference", *STAMPS),
        ]
        read_only_fields = STAMPS


class LimitSerializer(NotedSerializer):
    amount = Amount()

    class Meta:
        model = CreditLimit
        fields = ["id", "customer", "kind", "amount", "currency", "since", "until", "reference", *STAMPS]
        read_only_fields = STAMPS


class PersonSerializer(NotedSerializer):
    """`phone` and `email` are answered masked; a POST to `reveal/` with `field` and a reason answers one of them plain."""

    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)

    class Meta:
        model = ContactPerson
        fields = ["id", "customer", "name", "function", "phone", "email", "is_main", "since", "until", *STAMPS]
        read_only_fields = STAMPS

    def to_representation(self, row: Any) -> dict[str, Any]:
        return super().to_representation(row) | {kind: masked(kind, getattr(row, kind)) for kind in ("phone", "email")}


class RevealSerializer(serializers.Serializer):
    field = serializers.ChoiceField(choices=["phone", "email"])
    reason = serializers.CharField(max_length=200, required=False, default="")


class RevealedSerializer(serializers.Serializer):
    value = serializers.CharField()


class VisitSerializer(NotedSerializer):
    """POST logs the contact too: `at` is when it was, `remark` stands in the timeline."""

    at = serializers.DateTimeField(source="interaction.at")
    remark = serializers.CharField(max_length=400, write_only=True, required=False)
    next_on = serializers.DateField(write_only=True, required=False, allow_null=True)

    class Meta:
        model = SiteVisit
        fields = [
            *("id", "customer", "at", "visited_on", "interaction", "met", "premises", "stock", "findings", "remark"),
            *("next_on", *STAMPS),
        ]
        read_only_fields = ["visited_on", "interaction", *STAMPS]

    def create(self, validated_data: dict[str, Any]) -> Noted:
        at = validated_data.pop("interaction")["at"]
        return log_visit(**validated_data, at=at, as_of=timezone.now())

    def update(self, instance: Noted, validated_data: dict[str, Any]) -> Noted:
        for name in ("interaction", "remark", "next_on"):
            validated_data.pop(name, None)
        return super().update(instance, validated_data)


class NewsSerializer(NotedSerializer):
    class Meta:
        model = CompanyNews
        fields = ["id", "customer", "on", "source", "text", "impact", *STAMPS]
        read_only_fields = STAMPS


class RenewalSerializer(NotedSerializer):
    class Meta:
        model = Renewal
        fields = ["id", "customer", "kind", "what", "due_on", "done_on", "remark", *STAMPS]
        read_only_fields = STAMPS
