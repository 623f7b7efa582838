"""`customer` is a number, `product` a code. What was handed over is read, never written."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer, Interaction, Product
from managers.advice.content import Content, Line
from managers.advice.returns import MONTHS, USUAL
from managers.advice.services import change_draft, draft_advice
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion

Figure = serializers.DecimalField


class AdviceDraftLineSerializer(serializers.Serializer):
    """An `amount` in the currency of the advice, or `percent` of the money."""

    product = serializers.SlugRelatedField(slug_field="code", queryset=Product.objects.all())
    amount = Figure(max_digits=20, decimal_places=4, required=False, allow_null=True, default=None)
    percent = Figure(max_digits=5, decimal_places=2, required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)


class AdviceDraftSerializer(serializers.Serializer):
    goals = serializers.CharField(max_length=1000)
    horizon_months = serializers.IntegerField(min_value=1, max_value=600)
    amount = Figure(max_digits=20, decimal_places=4)
    currency = serializers.CharField(max_length=3)
    review_on = serializers.DateField()
    lines = AdviceDraftLineSerializer(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """It is written as it is told."""
        return instance


class AdviceLineSerializer(serializers.ModelSerializer):
    product = serializers.SlugRelatedField(slug_field="code", read_only=True)
    amount = Money(currency="of.currency", read_only=True, allow_null=True)

    class Meta:
        model = AdviceLine
        fields = ["product", "amount", "percent", "reason", "risk"]


class AdviceAnswerSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = AdviceAnswer
        fields = ["outcome", "channel", "answered_on", "words", "by", "recorded_at"]


class AdviceVersionSerializer(serializers.ModelSerializer):
    """`level` is the risk profile C1 to C5 that held on the day, `risk` of a line that of the product: at most the level."""

    amount = Money(read_only=True)
    level = serializers.IntegerField(read_only=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    lines = AdviceLineSerializer(many=True, read_only=True)
    answer = serializers.SerializerMethodField()

    class Meta:
        model = AdviceVersion
        fields = [
            *("number", "goals", "horizon_months", "amount", "currency", "level", "assessed_on", "review_on"),
            *("handed_on", "by", "recorded_at", "lines", "answer"),
        ]

    @extend_schema_field(AdviceAnswerSerializer(allow_null=True))
    def get_answer(self, version: AdviceVersion) -> Any:
        answer = getattr(version, "answer", None)
        return AdviceAnswerSerializer(answer).data if answer else None


class AdviceSerializer(serializers.ModelSerializer):
    """POST drafts; PATCH says the draft anew, of what was handed over that of the next version. `versions`: the newest first."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    draft = AdviceDraftSerializer(allow_null=True)
    begun_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    state = serializers.CharField(read_only=True)
    versions = AdviceVersionSerializer(many=True, read_only=True)

    class Meta:
        model = Advice
        fields = ["id", "customer", "state", "draft", "versions", "begun_by", "begun_at", "version"]
        read_only_fields = ["begun_at", "version"]

    def validate_draft(self, draft: dict[str, Any] | None) -> dict[str, Any]:
        """None is told where nothing is being drafted, and can't be said."""
        if draft is None:
            self.fail("null")
        return draft

    def create(self, validated_data: dict[str, Any]) -> Advice:
        made = draft_advice(
            customer=validated_data["customer"], content=_content(validated_data), by=validated_data["by"], at=timezone.now()
        )  # fmt: skip
        return _told(made)

    def update(self, instance: Advice, validated_data: dict[str, Any]) -> Advice:
        if "draft" in validated_data:
            change_draft(advice=instance, content=_content(validated_data), by=validated_data["by"], at=timezone.now())
        return _told(instance)


class AdviceChangeSerializer(AdviceSerializer):
    customer = ScopedSlug(slug_field="number", read_only=True)


def _content(said: dict[str, Any]) -> Content:
    draft = said["draft"]
    return Content(**draft | {"lines": tuple(Line(**line) for line in draft["lines"])})


def _told(advice: Advice) -> Advice:
    return Advice.objects.select_related("customer", "begun_by").with_state().with_versions().get(pk=advice.pk)


class AdviceReadSerializer(serializers.Serializer):
    """`version` is that of the advice which was read."""

    version = serializers.IntegerField(min_value=1)


class AdviceHandOverSerializer(AdviceReadSerializer):
    handed_on = serializers.DateField()


class AdviceReplySerializer(AdviceReadSerializer):
    outcome = serializers.ChoiceField(choices=AdviceAnswer.Outcome.choices)
    channel = serializers.ChoiceField(choices=Interaction.Channel.choices)
    answered_on = serializers.DateField()
    words = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class AdviceReturnsSerializer(serializers.Serializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    months = serializers.ChoiceField(choices=MONTHS, default=USUAL)


class RateField(serializers.Field):
    """A fraction with six decimals."""

    def to_representation(self, value: Any) -> str:
        return f"{value:.6f}"


class MonthReturnSerializer(serializers.Serializer):
    """opening + net_new_money + portfolio_return = closing; `on` is the last day of the month."""

    on = serializers.DateField()
    opening, net_new_money, portfolio_return, closing = Money(), Money(), Money(), Money()
    rate = extend_schema_field(OpenApiTypes.DECIMAL)(RateField)(allow_null=True)


class ReturnStretchSerializer(serializers.Serializer):
    """Months that follow each other in one currency; `rate` is that of the months, linked."""

    currency = serializers.CharField()
    since, until = serializers.DateField(), serializers.DateField()
    opening, net_new_money, portfolio_return, closing = Money(), Money(), Money(), Money()
    rate = extend_schema_field(OpenApiTypes.DECIMAL)(RateField)(allow_null=True)
    months = MonthReturnSerializer(many=True)
