"""What an endpoint tells of a past day beside the record: fields are named as in the lists of the same things."""

from typing import Any

from rest_framework import serializers

from crm.base.serializers import Money
from customers.companies.relations import Line
from customers.companies.serializers import OutsidePartySerializer
from customers.models import Consent, Flag, KycReview, Preference, RiskRating


class FlagAsOf(serializers.ModelSerializer):
    kind = serializers.CharField()

    class Meta:
        model = Flag
        fields = ["kind", "since", "source"]


class ConsentAsOf(serializers.ModelSerializer):
    purpose = serializers.CharField()
    channel = serializers.CharField()

    class Meta:
        model = Consent
        fields = ["purpose", "channel", "given_at"]


class SuitabilityAsOf(serializers.Serializer):
    """`level` 1 to 5, null without an assessment that was valid."""

    level = serializers.IntegerField(allow_null=True)
    assessed_on = serializers.DateField(allow_null=True)


class PreferenceAsOf(serializers.ModelSerializer):
    kind = serializers.CharField()

    class Meta:
        model = Preference
        fields = ["kind", "value", "source", "learnt_on"]


class TogetherAsOf(serializers.Serializer):
    """`members` are numbers of customers in reach; `others` counts those out of reach."""

    name = serializers.CharField(source="all")
    since = serializers.DateField()
    members = serializers.SerializerMethodField()
    others = serializers.IntegerField()

    def get_members(self, found: Any) -> list[str]:
        return [member.customer.number for member in found.members]


class DocumentAsOf(serializers.Serializer):
    """The number is masked; `state` is that of the day in words, `state_code` one of `valid`, `ends_soon`, `expired`."""

    type = serializers.CharField(source="document.type")
    number = serializers.CharField()
    holder = serializers.CharField(source="document.holder")
    share = serializers.DecimalField(source="document.share", max_digits=5, decimal_places=4, allow_null=True)
    issuer = serializers.CharField(source="document.issuer")
    valid_from = serializers.DateField(source="document.valid_from", allow_null=True)
    valid_until = serializers.DateField(source="document.valid_until", allow_null=True)
    state = serializers.CharField()
    state_code = serializers.CharField(source="code")


class RatingAsOf(serializers.ModelSerializer):
    level = serializers.CharField()

    class Meta:
        model = RiskRating
        fields = ["level", "reason", "rated_at"]


class ReviewAsOf(serializers.ModelSerializer):
    conclusion = serializers.CharField()

    class Meta:
        model = KycReview
        fields = ["is_case", "conclusion", "remark", "concluded_at"]


class BegunAsOf(serializers.ModelSerializer):
    class Meta:
        model = KycReview
        fields = ["is_case", "begun_at"]


class KycAsOf(serializers.Serializer):
    """Cases are told to the cleared alone. For which day the next review was planned is not kept."""

    rating = RatingAsOf(allow_null=True)
    cases = RatingAsOf(many=True)
    reviewed = ReviewAsOf(allow_null=True)
    case_reviews = ReviewAsOf(many=True)
    begun = BegunAsOf(many=True)


class SpanAsOf(serializers.Serializer):
    """`later`: noted only after the day, told as it was first; `corrected`: it says otherwise now; `ended`: its end, said later."""

    kind = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    later = serializers.BooleanField()
    corrected = serializers.BooleanField()
    ended = serializers.DateField(allow_null=True)


class WithPartyAsOf(SpanAsOf):
    """`customer` and `party` are numbers, null where they are out of reach; `outsider` is no customer."""

    customer = serializers.SerializerMethodField()
    party = serializers.SerializerMethodField()
    outsider = OutsidePartySerializer(allow_null=True)

    def get_customer(self, row: Any) -> str | None:
        return row.customer.number if row.sees_customer else None

    def get_party(self, row: Any) -> str | None:
        return row.party.number if row.party and row.sees_party else None


class RelationAsOf(WithPartyAsOf):
    share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)
    function = serializers.CharField()

    def to_representation(self, line: Line) -> dict[str, Any]:
        return super().to_representation(line.relation)


class LimitAsOf(SpanAsOf):
    amount = Money()
    currency = serializers.CharField()
    reference = serializers.CharField()


class GuaranteeAsOf(WithPartyAsOf, LimitAsOf):
    what = serializers.CharField()


class RelationsAsOf(serializers.Serializer):
    """`lines`: who owns, runs, works for, buys from and sells to it; `companies`: of which it is that itself."""

    lines = RelationAsOf(many=True)
    companies = RelationAsOf(many=True)
    more = serializers.IntegerField()


class LimitsAsOf(serializers.Serializer):
    limits = LimitAsOf(many=True)
    received = GuaranteeAsOf(many=True)
    given = GuaranteeAsOf(many=True)


class SectionsSerializer(serializers.Serializer):
    """Each is null for who may not read it, and where there is none."""

    flags = FlagAsOf(many=True, allow_null=True)
    consents = ConsentAsOf(many=True, allow_null=True)
    suitability = SuitabilityAsOf(allow_null=True)
    preferences = PreferenceAsOf(many=True, allow_null=True)
    household = TogetherAsOf(allow_null=True)
    documents = DocumentAsOf(many=True, allow_null=True)
    kyc = KycAsOf(allow_null=True)
    relations = RelationsAsOf(allow_null=True)
    group = TogetherAsOf(allow_null=True)
    limits = LimitsAsOf(allow_null=True)
