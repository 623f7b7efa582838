from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import User
from customers.models import Customer
from managers.books.absences import record_absence, say_capacity
from managers.books.naming import nameable
from managers.books.services import appoint
from managers.models import Absence, Assignment, Manager


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


class ManagerSerializer(serializers.ModelSerializer):
    """`load` is the sum of the weights of the customers' tiers; PATCH says `capacity` and `languages`."""

    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    customers = serializers.IntegerField(read_only=True)
    managed = serializers.IntegerField(read_only=True)
    load = serializers.IntegerField(read_only=True)
    capacity = serializers.IntegerField()
    languages = serializers.ListField(
        child=serializers.CharField(max_length=10), source="book_profile.languages", required=False, default=list
    )
    away_until = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Manager
        fields = [
            *(
                "id",
                "username",
                "name",
                "branch",
                "customers",
                "managed",
                "load",
                "capacity",
                "languages",
                "away_until",
            ),
        ]
        read_only_fields = ["username", "name"]

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Manager:
        known = getattr(instance, "book_profile", None)
        said = validated_data.get("book_profile", {}).get("languages")
        say_capacity(
            manager=instance,
            capacity=validated_data.get("capacity", instance.capacity),
            languages=(known.languages if known else []) if said is None else said,
            by=validated_data["by"],
        )
        return (
            Manager.objects.with_book(timezone.localdate()).select_related("branch", "book_profile").get(pk=instance.pk)
        )


class AbsenceSerializer(serializers.ModelSerializer):
    """`until` is the first day back. POST records one, of a manager of the user's branches."""

    manager = ManagerSlug(slug_field="username")
    cover = ManagerSlug(slug_field="username", required=False, allow_null=True)
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Absence
        fields = ["id", "manager", "kind", "since", "until", "cover", "made_by", "made_at"]
        read_only_fields = ["made_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Absence:
        return record_absence(at=timezone.now(), **validated_data)
