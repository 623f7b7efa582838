"""One of `manager` (user name), `team` (name) and `branch` (code); `until` is the first day after the period."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.identity.models import Branch, Team
from customers.models import Product
from managers.books.serializers import ManagerSlug
from managers.models import Target
from managers.targets.attaining import with_attained
from managers.targets.services import change_target, set_target


class TargetListSerializer(serializers.ListSerializer):
    def to_representation(self, data: Any) -> Any:
        return super().to_representation(with_attained(list(data)))


class TargetSerializer(serializers.ModelSerializer):
    """`reached` and `share` (percent) are as of now. PATCH changes `amount` until the period is over."""

    manager = ManagerSlug(slug_field="username", required=False)
    team = serializers.SlugRelatedField(slug_field="name", queryset=Team.objects.all(), required=False)
    branch = serializers.SlugRelatedField(slug_field="code", queryset=Branch.objects.all(), required=False)
    product = serializers.SlugRelatedField(slug_field="code", queryset=Product.objects.all(), required=False)
    set_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    reached = serializers.DecimalField(source="done", max_digits=20, decimal_places=4, read_only=True)
    share = serializers.DecimalField(max_digits=10, decimal_places=1, read_only=True)

    class Meta:
        model = Target
        list_serializer_class = TargetListSerializer
        fields = [
            *("id", "manager", "team", "branch", "kind", "product", "since", "until", "amount", "currency"),
            *("reached", "share", "set_by", "set_at", "version"),
        ]
        read_only_fields = ["currency", "set_at", "version"]
        validators: list[Any] = []

    def to_representation(self, instance: Target) -> Any:
        if not hasattr(instance, "done"):
            with_attained([instance])
        return super().to_representation(instance)

    def create(self, validated_data: dict[str, Any]) -> Target:
        return set_target(at=timezone.now(), **validated_data)


class TargetChangeSerializer(TargetSerializer):
    class Meta(TargetSerializer.Meta):
        read_only_fields = [name for name in TargetSerializer.Meta.fields if name != "amount"]

    manager = ManagerSlug(slug_field="username", read_only=True)
    team = serializers.SlugRelatedField(slug_field="name", read_only=True)
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True)
    product = serializers.SlugRelatedField(slug_field="code", read_only=True)

    def update(self, instance: Target, validated_data: dict[str, Any]) -> Target:
        said = {"amount": validated_data.get("amount", instance.amount), "by": validated_data["by"]}
        return change_target(target=instance, at=timezone.now(), **said)
