from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import Team, User
from service.models import Roster, Shift, Swap
from service.roster.planning import add_shift, gaps_of, make_roster
from service.roster.swapping import ask_swap

USERS = User.objects.order_by("username")


class GapSerializer(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    missing = serializers.IntegerField()


class RosterSerializer(serializers.ModelSerializer):
    """Of the week of the day `week_on`, which is its Monday once it is made."""

    team = serializers.SlugRelatedField(slug_field="code", queryset=Team.objects.order_by("code"))
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Roster
        fields = ["id", "team", "week_on", "published_at", "published_by", "version"]
        read_only_fields = ["published_at", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Roster:
        return make_roster(**validated_data)


class RosterDetailSerializer(RosterSerializer):
    """With the hours that it misses."""

    gaps = serializers.SerializerMethodField()

    class Meta(RosterSerializer.Meta):
        fields = [*RosterSerializer.Meta.fields, "gaps"]

    @extend_schema_field(GapSerializer(many=True))
    def get_gaps(self, roster: Roster) -> list[dict[str, Any]]:
        return list(GapSerializer(gaps_of(roster), many=True).data)


class RosterVersionSerializer(serializers.Serializer):
    """The version that was read."""

    version = serializers.IntegerField(min_value=1)


class ShiftSerializer(serializers.ModelSerializer):
    """POST says the day `on` and the times `begins` and `ends` by the clock on the wall."""

    roster = ScopedSlug(slug_field="id", queryset=Roster.objects.all())
    user = serializers.SlugRelatedField(slug_field="username", queryset=USERS)
    on = serializers.DateField(write_only=True)
    begins = serializers.TimeField(write_only=True)
    ends = serializers.TimeField(write_only=True)

    class Meta:
        model = Shift
        fields = ["id", "roster", "user", "on", "begins", "ends", "starts_at", "ends_at", "version"]
        read_only_fields = ["starts_at", "ends_at", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Shift:
        return add_shift(at=timezone.now(), **validated_data)


class SwapSerializer(serializers.ModelSerializer):
    """Of one's own `shift`, for the shift `back` or for none."""

    shift = ScopedSlug(slug_field="id", queryset=Shift.objects.all())
    back = ScopedSlug(slug_field="id", queryset=Shift.objects.all(), required=False, allow_null=True)
    to = serializers.SlugRelatedField(slug_field="username", queryset=USERS)
    asked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Swap
        fields = ["id", "shift", "to", "back", "state", "asked_by", "asked_at", "consented_at", "decided_at"]
        read_only_fields = ["state", "asked_at", "consented_at", "decided_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Swap:
        return ask_swap(at=timezone.now(), **validated_data)
