from rest_framework import serializers

from crm.base.serializers import Money
from customers.models import Customer
from segmentation.models import (
    SchemeVersion,
    Tier,
    TierOverride,
    TierPeriod,
    TierScheme,
    WaiverEntry,
    WaiverLine,
    WaiverPolicy,
)


class SchemeVersionSerializer(serializers.ModelSerializer):
    """`content` is the version as in a policy file."""

    class Meta:
        model = SchemeVersion
        fields = ["number", "effective_from", "currency", "measure", "content", "published_at"]


class TierSchemeSerializer(serializers.ModelSerializer):
    versions = SchemeVersionSerializer(many=True, read_only=True)

    class Meta:
        model = TierScheme
        fields = ["id", "customer_kind", "name", "versions"]


class TierSerializer(serializers.ModelSerializer):
    customer_kind = serializers.ChoiceField(
        source="scheme.customer_kind", choices=Customer.Kind.choices, read_only=True
    )

    class Meta:
        model = Tier
        fields = ["id", "customer_kind", "code", "name", "rank"]


class OfCustomerSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)


class TierPeriodSerializer(OfCustomerSerializer):
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True)
    scheme_version = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = TierPeriod
        fields = ["id", "customer", "tier", "since", "until", "scheme_version"]


class TierOverrideSerializer(OfCustomerSerializer):
    """`until` is the first day on which it no longer holds, `ended_on` likewise where it was ended early."""

    tier = serializers.SlugRelatedField(slug_field="code", read_only=True)
    approved_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = TierOverride
        fields = [
            *("id", "customer", "kind", "tier", "reason", "since", "until", "ended_on", "proposal", "approved_by"),
            "approved_at",
        ]


class WaiverLineSerializer(serializers.ModelSerializer):
    tier = serializers.CharField(source="tier_code")
    fee = serializers.CharField(source="fee_code")
    cap_per_fee = Money(allow_null=True)
    cap_per_month = Money(allow_null=True)
    when = serializers.JSONField(source="rule", allow_null=True)

    class Meta:
        model = WaiverLine
        fields = ["tier", "fee", "percent", "cap_per_fee", "cap_per_month", "currency", "when"]


class WaiverPolicySerializer(serializers.ModelSerializer):
    lines = WaiverLineSerializer(many=True, read_only=True)
    small_balance = serializers.JSONField(source="content.small_balance", default=None, read_only=True)

    class Meta:
        model = WaiverPolicy
        fields = ["id", "number", "effective_from", "ceiling", "lines", "small_balance", "published_at"]


class WaiverSerializer(OfCustomerSerializer):
    """An entry of the ledger, in the columns of its export; a reversal has negative `waived`."""

    id = serializers.IntegerField(source="number")
    entry = serializers.IntegerField(source="number")
    account = serializers.SlugRelatedField(slug_field="number", read_only=True)
    fee = serializers.CharField(source="fee_code")
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True)
    amount = Money()
    waived = Money()
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    posting = serializers.CharField(source="posting.state", default="waiting", read_only=True)
    posted_on = serializers.DateField(source="posting.posted_on", default=None, read_only=True)

    class Meta:
        model = WaiverEntry
        fields = [
            *("id", "customer", "account", "fee", "charged_on", "amount", "percent", "waived", "currency", "tier"),
            *("entry", "reverses", "reason", "exemption", "business_date", "posting", "posted_on"),
        ]


class PredicateSerializer(serializers.Serializer):
    """`met` is null where the value is unknown."""

    field = serializers.CharField()
    op = serializers.CharField()
    threshold = serializers.JSONField(allow_null=True)
    value = serializers.JSONField(allow_null=True)
    met = serializers.BooleanField(allow_null=True)


class GraceSerializer(serializers.Serializer):
    """How long the customer has been below their tier, and when they would fall."""

    months = serializers.IntegerField()
    below = serializers.IntegerField()
    falls_on = serializers.DateField(allow_null=True)


class NextTierSerializer(serializers.Serializer):
    tier = serializers.CharField()
    missing = serializers.CharField(allow_null=True)
    starts = serializers.DateField()

    def get_fields(self):
        """The word is `from`, which Python keeps for itself."""
        fields = super().get_fields()
        fields["from"] = fields.pop("starts")
        return fields


class RulingSerializer(serializers.Serializer):
    """`until` is the first day on which the override no longer holds."""

    kind = serializers.CharField()
    tier = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    reason = serializers.CharField()


class FeeBelowSerializer(serializers.Serializer):
    fee = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField()


class ExplanationSerializer(serializers.Serializer):
    """As `explain_tier --json`."""

    tier = serializers.CharField()
    since = serializers.DateField()
    scheme_version = serializers.IntegerField()
    facts = serializers.DictField(child=serializers.JSONField(allow_null=True))
    predicates = PredicateSerializer(many=True)
    grace = GraceSerializer(allow_null=True)
    next = NextTierSerializer(many=True)
    override = RulingSerializer(allow_null=True)
    held_until = serializers.DateField(allow_null=True)
    fee_due = FeeBelowSerializer(allow_null=True)
    points = serializers.ListField(child=serializers.IntegerField(allow_null=True), allow_null=True)
