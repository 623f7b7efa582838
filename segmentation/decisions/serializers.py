from typing import Any

from rest_framework import serializers

from segmentation.decisions.slot import Decision, kinds


class ConditionSerializer(serializers.Serializer):
    """In words; `met` is null where the value is unknown, `about` says of which tier."""

    about = serializers.CharField()
    text = serializers.CharField()
    value = serializers.CharField()
    met = serializers.BooleanField(allow_null=True)


class DecisionSerializer(serializers.Serializer):
    """`kind` says what was decided about. Beside these fields stand those of the kind.

    tier: `id, outcome, tier_before, tier, effective_from, months_below, scheme_version, met` (the predicates in the
    order of the version); waiver: `id, outcome, tier, charge, account, fee, charged_on, percent, currency, entry,
    not_waived_because`.
    """

    kind = serializers.CharField()
    name = serializers.CharField()
    customer = serializers.SerializerMethodField()
    business_date = serializers.DateField(source="on")
    outcome = serializers.CharField(source="label")
    sentence = serializers.CharField()
    version = serializers.CharField()
    figures = serializers.SerializerMethodField()
    predicates = ConditionSerializer(source="conditions", many=True)
    changes = serializers.ListField(child=serializers.CharField())
    by = serializers.CharField()
    reason = serializers.CharField()

    def get_customer(self, decision: Decision) -> str:
        return self.context["customer"].number

    def get_figures(self, decision: Decision) -> dict[str, Any]:
        return {figure.name: figure.value for figure in decision.figures}

    def to_representation(self, instance: Decision) -> dict[str, Any]:
        return super().to_representation(instance) | instance.details


class DecisionPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = DecisionSerializer(many=True)


class DecisionQuery(serializers.Serializer):
    before = serializers.DateField(required=False, default=None, help_text="Only what was decided before this day.")
    kind = serializers.CharField(required=False, default="", help_text="Only decisions of this kind.")
    page_size = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)

    def validate_kind(self, kind: str) -> str:
        if kind and kind not in dict(kinds()):
            raise serializers.ValidationError(", ".join(dict(kinds())))
        return kind
