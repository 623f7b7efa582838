"""`customer` is a number, `product` a code, `owner` a user name. The stage changes by actions of its own."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from crm.base.money import rounded
from crm.base.serializers import Money, ScopedSlug
from crm.identity.models import User
from customers.models import Customer, Product
from managers.models import LostReason, Opportunity, Stage, StageMove
from managers.models.sales import OPEN
from managers.sales.services import change_opportunity, open_opportunity

OPEN_CHOICES = [(stage.value, stage.label) for stage in OPEN]


class Amount(Money):
    """In the currency beside it: the verbs say how many digits it has."""

    def to_internal_value(self, data: Any) -> Any:
        return serializers.DecimalField.to_internal_value(self, data)


class OpportunitySerializer(serializers.ModelSerializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    product = serializers.SlugRelatedField(slug_field="code", queryset=Product.objects.all())
    owner = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(role=User.Role.MANAGER), required=False
    )
    stage = serializers.ChoiceField(choices=Stage.choices, required=False)
    amount = Amount()
    currency = serializers.CharField(max_length=3, default=settings.CRM_BASE_CURRENCY)
    probability = serializers.IntegerField(min_value=0, max_value=100, required=False)
    weighted = Money(read_only=True)

    class Meta:
        model = Opportunity
        fields = [
            *("id", "customer", "product", "owner", "stage", "amount", "currency", "probability", "weighted"),
            *("close_on", "next_step", "next_on", "source", "competitors", "lost_reason", "lost_words"),
            *("opened_at", "closed_at", "version"),
        ]
        read_only_fields = ["lost_reason", "lost_words", "opened_at", "closed_at", "version"]

    def create(self, validated_data: dict[str, Any]) -> Opportunity:
        return _told(open_opportunity(at=timezone.now(), **validated_data))


class OpportunityChangeSerializer(OpportunitySerializer):
    customer = ScopedSlug(slug_field="number", read_only=True)
    stage = serializers.ChoiceField(choices=Stage.choices, read_only=True)
    currency = serializers.CharField(max_length=3)

    def update(self, instance: Opportunity, validated_data: dict[str, Any]) -> Opportunity:
        return _told(change_opportunity(opportunity=instance, at=timezone.now(), **validated_data))


def _told(opportunity: Opportunity) -> Opportunity:
    return Opportunity.objects.select_related("customer", "product", "owner").with_weighted().get(pk=opportunity.pk)


class VersionSerializer(serializers.Serializer):
    """`version` is that of the opportunity which was read."""

    version = serializers.IntegerField(min_value=1)


class MoveSerializer(VersionSerializer):
    stage = serializers.ChoiceField(choices=[*OPEN_CHOICES, (Stage.WON.value, Stage.WON.label)])
    probability = serializers.IntegerField(min_value=0, max_value=100, required=False)


class LoseSerializer(VersionSerializer):
    lost_reason = serializers.ChoiceField(choices=LostReason.choices)
    lost_words = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReopenSerializer(VersionSerializer):
    reason = serializers.CharField(max_length=300)


class StageMoveSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    amount = Money(read_only=True)

    class Meta:
        model = StageMove
        fields = ["number", "from_stage", "to_stage", "at", "by", "amount", "currency", "probability", "lost_reason", "reason"]  # fmt: skip


class ForecastMoney(Money):
    """Of a line, whose currency stands beside it."""

    def get_attribute(self, instance: dict[str, Any]) -> Any:
        return rounded(instance[str(self.source)], instance["currency"])


class ForecastSerializer(serializers.Serializer):
    """`month` is the first day of that of the expected close; a loss counts nowhere."""

    month = serializers.DateField()
    currency = serializers.CharField()
    open_count = serializers.IntegerField()
    open_amount = ForecastMoney()
    weighted_amount = ForecastMoney()
    won_count = serializers.IntegerField()
    won_amount = ForecastMoney()
