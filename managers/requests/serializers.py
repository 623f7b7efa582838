"""`customer` is a number, `product` and `fee` are codes, `price` a fraction."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer, FeeType, Product
from managers.models import Condition, ConditionCheck, ResourceRequest, ResourceTerms
from managers.requests.services import Kept, ask


class ConditionCheckSerializer(serializers.ModelSerializer):
    figure = Money(currency="condition.request.currency")

    class Meta:
        model = ConditionCheck
        fields = ["on", "figure", "is_kept"]


class ResourceConditionSerializer(serializers.ModelSerializer):
    """`checks` are what the nights found."""

    amount = Money(currency="request.currency")
    checks = ConditionCheckSerializer(many=True, read_only=True)

    class Meta:
        model = Condition
        fields = ["kind", "amount", "due_on", "checks"]


class ResourceRequestSerializer(serializers.ModelSerializer):
    """POST asks: what the user may grant is granted at once. `outcome` is the state; where a proposal was refused, declined."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    product = serializers.SlugRelatedField(slug_field="code", queryset=Product.objects.all(), required=False)
    fee = serializers.SlugRelatedField(slug_field="code", queryset=FeeType.objects.all(), required=False)
    amount, cost = Money(), Money(read_only=True)
    value_now = Money(read_only=True, allow_null=True)
    value_after = Money(read_only=True, allow_null=True)
    price = serializers.DecimalField(max_digits=8, decimal_places=6, required=False, allow_null=True)
    is_new = serializers.BooleanField(default=False)
    asked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    decided_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    outcome = serializers.CharField(read_only=True)
    conditions = ResourceConditionSerializer(many=True, required=False)

    class Meta:
        model = ResourceRequest
        fields = [
            *("id", "customer", "kind", "product", "fee", "amount", "currency", "price", "usual", "is_new", "why"),
            *("valid_until", "cost", "value_now", "value_after", "conditions", "asked_by", "asked_at", "outcome"),
            *("decided_by", "decided_at", "declined_because", "proposal", "version"),
        ]
        read_only_fields = [
            *("currency", "usual", "asked_at", "decided_at", "declined_because", "proposal", "version"),
        ]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> ResourceRequest:
        kept = [Kept(each["kind"], each["amount"], each.get("due_on")) for each in validated_data.pop("conditions", [])]
        made = ask(at=timezone.now(), conditions=kept, **validated_data)
        return ResourceRequest.objects.with_outcome().get(pk=made.pk)


class ResourceGrantSerializer(serializers.Serializer):
    """`version` is that of the request which was read."""

    version = serializers.IntegerField(min_value=1)


class ResourceDeclineSerializer(ResourceGrantSerializer):
    reason = serializers.CharField(max_length=300)


class ResourceTermsSerializer(serializers.ModelSerializer):
    """Changed by proposals of kind `resource_terms`."""

    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = ResourceTerms
        fields = ["id", "number", "effective_from", "content", "published_by", "published_at", "proposal"]
