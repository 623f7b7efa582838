from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import User
from customers.models import Customer
from managers.books.people import nameable
from managers.books.services import appoint
from managers.models import Assignment


class ManagerSlug(serializers.SlugRelatedField):
    """By user name: of those whom the user may name."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return nameable(request.user) if request else User.objects.none()


class AssignmentSerializer(serializers.ModelSerializer):
    """`until` is the first day no longer in it. POST names somebody; a primary begins today and has no end."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    manager = ManagerSlug(slug_field="username")
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Assignment
        fields = ["id", "customer", "manager", "role", "since", "until", "reason", "made_by", "made_at"]
        read_only_fields = ["made_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Assignment:
        return appoint(at=timezone.now(), **validated_data)
