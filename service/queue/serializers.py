from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.scope import scope_of
from customers.models import Customer
from service.models import BranchQueue, BusinessKind, CardKey, Counter, QueueNumber, QueueRules
from service.queue.cards import remember_card
from service.queue.taking import take_number

KINDS = BusinessKind.objects.order_by("letter")


@extend_schema_field(OpenApiTypes.STR)
class BranchCode(ScopedSlug):
    """The queue of a branch, by the branch's code."""


class BusinessKindSerializer(serializers.ModelSerializer):
    class Meta:
        model = BusinessKind
        fields = ["id", "code", "name", "letter", "is_offered"]
        read_only_fields = fields


class CounterSerializer(serializers.ModelSerializer):
    branch = serializers.CharField(source="queue.branch.code", read_only=True)
    kinds = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    teller = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Counter
        fields = ["id", "branch", "number", "kinds", "is_vip", "is_used", "teller", "version"]
        read_only_fields = fields


class QueueNumberSerializer(serializers.ModelSerializer):
    """POST takes a number at a branch: `text` is the customer's number, phone number or document, exactly; without it a walk-in.

    `customer` is told to who reaches them; `tier` to all who see the number.
    """

    number = serializers.CharField(source="__str__", read_only=True)
    branch = BranchCode(
        slug_field="branch__code", queryset=BranchQueue.objects.select_related("branch"), source="queue"
    )
    kind = serializers.SlugRelatedField(slug_field="code", queryset=KINDS)
    text = serializers.CharField(max_length=60, required=False, allow_blank=True, write_only=True)
    customer = serializers.SerializerMethodField()
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    counter = serializers.IntegerField(source="counter.number", read_only=True, default=None, allow_null=True)

    class Meta:
        model = QueueNumber
        fields = [
            *(
                "id",
                "number",
                "branch",
                "day",
                "kind",
                "text",
                "customer",
                "found_by",
                "tier",
                "weight",
                "is_paper",
                "taken_at",
            ),
            *("state", "counter", "called_at", "ended_at", "version"),
        ]
        read_only_fields = [
            *("day", "found_by", "weight", "is_paper", "taken_at", "state", "called_at", "ended_at", "version")
        ]

    def get_customer(self, number: QueueNumber) -> str | None:
        reached = number.customer and scope_of(self.context["request"].user).holds(number.customer)
        return number.customer.number if number.customer and reached else None

    def create(self, validated_data: dict[str, Any]) -> QueueNumber:
        return take_number(at=timezone.now(), **validated_data)


class CardKeySerializer(serializers.ModelSerializer):
    """POST has a card recognise a customer from now on: `number` is the whole one, which is kept nowhere."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    number = serializers.CharField(max_length=25, write_only=True)

    class Meta:
        model = CardKey
        fields = ["id", "customer", "number", "last_four", "made_at"]
        read_only_fields = ["last_four", "made_at"]

    def create(self, validated_data: dict[str, Any]) -> CardKey:
        return remember_card(at=timezone.now(), **validated_data)


class QueueChangeSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)


class QueueTransferSerializer(QueueChangeSerializer):
    kind = serializers.SlugRelatedField(slug_field="code", queryset=KINDS)


class QueueRulesSerializer(serializers.ModelSerializer):
    content = serializers.JSONField(read_only=True)
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = QueueRules
        fields = ["id", "number", "effective_from", "content", "published_at", "published_by", "proposal"]
        read_only_fields = fields
