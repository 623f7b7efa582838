"""`customer` is a number, `who` a user name; the figure of a goal is an amount, a percentage or a count, as its kind says."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from crm.identity.models import User
from customers.models import Customer
from managers.models import CustomerPlan, PlanAction, PlanGoal, PlanReview
from managers.plans.services import change_plan, draw_up
from managers.sales.serializers import Amount


class PlanGoalSerializer(serializers.ModelSerializer):
    figure = serializers.DecimalField(max_digits=20, decimal_places=4, required=False, allow_null=True)

    class Meta:
        model = PlanGoal
        fields = ["id", "kind", "figure", "currency", "words", "due_on", "dropped_at", "dropped_because"]
        read_only_fields = ["dropped_at", "dropped_because"]
        validators: list[Any] = []


class PlanActionSerializer(serializers.ModelSerializer):
    who = serializers.SlugRelatedField(
        slug_field="username",
        queryset=User.objects.filter(role__in=(User.Role.MANAGER, User.Role.HEAD)),
        required=False,
    )

    class Meta:
        model = PlanAction
        fields = ["id", "what", "who", "due_on", "state", "closed_at", "reason"]
        read_only_fields = ["state", "closed_at", "reason"]
        validators: list[Any] = []


class PlanReviewSerializer(serializers.ModelSerializer):
    """`balance` and `share` are those of the day of the review."""

    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    balance = Money(read_only=True, allow_null=True)

    class Meta:
        model = PlanReview
        fields = ["on", "words", "balance", "currency", "share", "by", "at"]
        read_only_fields = ["on", "currency", "share", "at"]
        validators: list[Any] = []


class PlanSerializer(serializers.ModelSerializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    wallet = Amount(required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, default=settings.CRM_BASE_CURRENCY)
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    goals = PlanGoalSerializer(many=True, read_only=True)
    actions = PlanActionSerializer(many=True, read_only=True)
    reviews = PlanReviewSerializer(many=True, read_only=True)

    class Meta:
        model = CustomerPlan
        fields = [
            *("id", "customer", "since", "until", "needs", "wallet", "currency", "wallet_source", "review_on", "goals"),
            *("actions", "reviews", "made_by", "made_at", "closed_at", "closed_by", "closed_because", "version"),
        ]
        read_only_fields = ["since", "review_on", "made_at", "closed_at", "closed_because", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> CustomerPlan:
        return draw_up(at=timezone.now(), **validated_data)


class PlanChangeSerializer(PlanSerializer):
    customer = ScopedSlug(slug_field="number", read_only=True)
    currency = serializers.CharField(max_length=3)

    def update(self, instance: CustomerPlan, validated_data: dict[str, Any]) -> CustomerPlan:
        return change_plan(plan=instance, at=timezone.now(), **validated_data)


class PlanVersionSerializer(serializers.Serializer):
    """`version` is that of the plan which was read."""

    version = serializers.IntegerField(min_value=1)


class SetGoalSerializer(PlanVersionSerializer):
    kind = serializers.ChoiceField(choices=PlanGoal.Kind.choices)
    figure = serializers.DecimalField(max_digits=20, decimal_places=4, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False, allow_blank=True)
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)
    due_on = serializers.DateField()


class DropGoalSerializer(PlanVersionSerializer):
    goal = serializers.IntegerField(min_value=1, max_value=2**62)
    reason = serializers.CharField(max_length=300)


class SetActionSerializer(PlanVersionSerializer):
    what = serializers.CharField(max_length=300)
    who = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.all(), required=False)
    due_on = serializers.DateField()


class CloseActionSerializer(PlanVersionSerializer):
    action = serializers.IntegerField(min_value=1, max_value=2**62)
    state = serializers.ChoiceField(choices=[PlanAction.State.DONE, PlanAction.State.DROPPED])
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class PlanReasonSerializer(PlanVersionSerializer):
    reason = serializers.CharField(max_length=300)


class LookBackSerializer(PlanVersionSerializer):
    words = serializers.CharField(max_length=2000)


class GoalProgressSerializer(serializers.Serializer):
    """`actual` is the figure of the data date, `missing` 0 where the goal is reached; null where nothing is known."""

    goal = serializers.IntegerField(source="goal.pk")
    kind = serializers.CharField(source="goal.kind")
    figure = serializers.DecimalField(source="goal.figure", max_digits=20, decimal_places=4, allow_null=True)
    actual = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    missing = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)


class MonthEndSerializer(serializers.Serializer):
    on = serializers.DateField()
    balance = serializers.DecimalField(max_digits=20, decimal_places=4)
    share = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)


class PlanProgressSerializer(serializers.Serializer):
    """Of the data date `on`; `share` in percent of the wallet."""

    on = serializers.DateField(allow_null=True)
    share = serializers.DecimalField(max_digits=9, decimal_places=2, allow_null=True)
    goals = GoalProgressSerializer(many=True)
    months = MonthEndSerializer(many=True)
