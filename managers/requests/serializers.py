"""`customer` is a number, `product` and `fee` are codes, `price` a fraction."""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from rest_framework import serializers

from crm.base.money import rounded
from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer, FeeType, Product
from customers.voice.serializers import ScopedKey
from managers.models import Condition, ConditionCheck, ResourceRequest, ResourceTerms
from managers.requests.services import Kept, ask
from managers.requests.terms import RULES, limit_of


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
    """POST asks: what the user may grant is granted at once. `outcome` is the state; where a proposal was refused, declined.

    `used` is what stands granted of the same thing to the customer beside it, and counts with it against the limits; `limit`
    is the reader's own. A renewal `replaces` a grant of the same thing, which then ends and counts no more.
    """

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
    replaces = ScopedKey(queryset=ResourceRequest.objects.granted(), required=False, allow_null=True)
    used = Money(read_only=True)
    limit = serializers.SerializerMethodField()
    outcome = serializers.CharField(read_only=True)
    conditions = ResourceConditionSerializer(many=True, required=False)

    class Meta:
        model = ResourceRequest
        fields = [
            *("id", "customer", "kind", "product", "fee", "amount", "currency", "price", "usual", "is_new", "why"),
            *(
                "valid_until",
                "replaces",
                "used",
                "limit",
                "cost",
                "value_now",
                "value_after",
                "conditions",
                "asked_by",
                "asked_at",
                "outcome",
            ),
            *("decided_by", "decided_at", "declined_because", "proposal", "version"),
        ]
        read_only_fields = [
            *("currency", "usual", "asked_at", "decided_at", "declined_because", "proposal", "version"),
        ]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> ResourceRequest:
        kept = [Kept(each["kind"], each["amount"], each.get("due_on")) for each in validated_data.pop("conditions", [])]
        made = ask(at=timezone.now(), conditions=kept, **validated_data)
        return ResourceRequest.objects.with_outcome().with_used(timezone.localdate()).get(pk=made.pk)

    @cached_property
    def terms(self) -> dict[str, Any]:
        return RULES.content_on(timezone.localdate())

    def get_limit(self, request: ResourceRequest) -> str:
        return f"{rounded(limit_of(self.terms, request.kind, self.context['request'].user), request.currency):f}"


class ResourceReadSerializer(serializers.Serializer):
    """`version` is that of the request which was read."""

    version = serializers.IntegerField(min_value=1)


class ResourceDeclineSerializer(ResourceReadSerializer):
    reason = serializers.CharField(max_length=300)


class ResourceTermsSerializer(serializers.ModelSerializer):
    """Changed by proposals of kind `resource_terms`."""

    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = ResourceTerms
        fields = ["id", "number", "effective_from", "content", "published_by", "published_at", "proposal"]
