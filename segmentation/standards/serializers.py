from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer
from segmentation.models import Benefit, EntitlementOverride, EntitlementUse, GoldCard, ServiceStandard
from segmentation.standards.cards import report_lost, resume
from segmentation.standards.uses import record_use


class BenefitSlug(serializers.SlugRelatedField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="code", **({"queryset": Benefit.objects.all()} | kwargs))


class ServiceStandardSerializer(serializers.ModelSerializer):
    """`content` is as in a policy file."""

    class Meta:
        model = ServiceStandard
        fields = ["id", "number", "effective_from", "content", "published_at"]


class ClaimSerializer(serializers.Serializer):
    """A right by its origin. `quota` null is without limit; uses count from `period_start` to before `period_end`."""

    origin = serializers.CharField(source="claim.origin")
    said = serializers.CharField(source="origin")
    is_best = serializers.BooleanField()
    quota = serializers.IntegerField(source="claim.quota", allow_null=True)
    per = serializers.CharField(source="claim.per", allow_null=True)
    used = serializers.IntegerField(source="claim.used")
    left = serializers.IntegerField(source="claim.left", allow_null=True)
    queue_weight = serializers.IntegerField(source="claim.queue_weight")
    period_start = serializers.DateField(source="claim.starts")
    period_end = serializers.DateField(source="claim.ends")


class EntitlementSerializer(serializers.Serializer):
    """`is_effective` is false where the benefit was taken away; `origins` are all told, the one that counts first."""

    benefit = serializers.CharField(source="entitlement.benefit.code")
    name = serializers.CharField(source="entitlement.benefit.name")
    channel = serializers.CharField(source="entitlement.benefit.channel")
    is_gold_card = serializers.BooleanField(source="entitlement.is_card")
    is_effective = serializers.SerializerMethodField()
    origins = ClaimSerializer(source="told", many=True)

    @extend_schema_field(bool)
    def get_is_effective(self, line: Any) -> bool:
        return line.best is not None


class OfferSerializer(serializers.Serializer):
    """`rate` null is the product's own."""

    product = serializers.CharField(source="product.code")
    name = serializers.CharField(source="product.name")
    rate = serializers.DecimalField(max_digits=8, decimal_places=6, allow_null=True)


class GoldCardSerializer(serializers.ModelSerializer):
    """POST says that a card was lost (`suspended`) or found (`valid`); it holds from today."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    state = serializers.ChoiceField(choices=[("suspended", "suspended"), ("valid", "valid")])
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = GoldCard
        fields = ["id", "customer", "state", "cause", "since", "until", "note", "by"]
        read_only_fields = ["cause", "since", "until"]

    def create(self, validated_data: dict[str, Any]) -> GoldCard:
        verb = report_lost if validated_data["state"] == GoldCard.State.SUSPENDED else resume
        return verb(
            customer=validated_data["customer"],
            on=timezone.localdate(),
            note=validated_data.get("note", ""),
            by=validated_data["by"],
        )

    def to_representation(self, instance: GoldCard) -> dict[str, Any]:
        return super().to_representation(instance) | {"state": instance.state}


class EntitlementsSerializer(serializers.Serializer):
    """`version` is the number of the standards, null where there were none; `gold_card` the state of the card, or null."""

    on = serializers.DateField(source="shown.entitlements.on")
    version = serializers.IntegerField(source="shown.entitlements.version", allow_null=True)
    queue_weight = serializers.IntegerField(source="shown.entitlements.queue_weight")
    holds_gold_card = serializers.BooleanField()
    gold_card = GoldCardSerializer(source="shown.card", allow_null=True)
    entitlements = EntitlementSerializer(source="shown.lines", many=True)
    products = OfferSerializer(source="offers", many=True)


class UseSerializer(serializers.ModelSerializer):
    """`counts` is 1 for a use and -1 for what undoes one; `owner_is_customer` is false where the household's right was used."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    benefit = BenefitSlug()
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    owner_is_customer = serializers.SerializerMethodField()

    class Meta:
        model = EntitlementUse
        fields = [
            *("id", "customer", "benefit", "used_on", "channel", "place", "note", "origin", "owner_is_customer"),
            *("tier", "quota", "period_start", "period_end", "counts", "reverses", "by", "recorded_at"),
        ]
        read_only_fields = [
            *("origin", "quota", "period_start", "period_end", "counts", "reverses", "recorded_at"),
        ]

    @extend_schema_field(bool)
    def get_owner_is_customer(self, use: EntitlementUse) -> bool:
        return use.owner_id == use.customer_id

    def create(self, validated_data: dict[str, Any]) -> EntitlementUse:
        return record_use(**validated_data, as_of=timezone.now())


class UndoSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class EntitlementOverrideSerializer(serializers.ModelSerializer):
    """`until`, and `ended_on` where it was ended early, are the first day on which it no longer holds."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    benefit = BenefitSlug(read_only=True, queryset=None)
    approved_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = EntitlementOverride
        fields = [
            *("id", "customer", "benefit", "kind", "quota", "per", "since", "until", "ended_on", "reason"),
            *("proposal", "approved_by"),
        ]
