from typing import Any

from django.db.models import Q
from rest_framework import serializers

from crm.base.api import Changes, Creates, ScopedViewSet
from crm.identity.models import Branch, Team, User
from managers.books.serializers import ManagerSlug
from managers.teams.services import change_team, make_team


class MemberSlug(ManagerSlug):
    """And who is a member already."""

    def get_queryset(self) -> Any:
        at_work, team = super().get_queryset(), self.root.instance
        if not isinstance(team, Team):
            return at_work
        return User.objects.filter(Q(pk__in=at_work.order_by().values("pk")) | Q(pk__in=team.members.values("pk")))


class TeamSerializer(serializers.ModelSerializer):
    """`members` are user names; `code` is said once, by POST. PATCH says those of the user's branches: others stay."""

    code = serializers.CharField(max_length=32)
    branch = serializers.SlugRelatedField(slug_field="code", queryset=Branch.objects.all())
    members = MemberSlug(slug_field="username", many=True)

    class Meta:
        model = Team
        fields = ["id", "code", "name", "branch", "members"]
        validators: list[Any] = []
        extra_kwargs = {"name": {"validators": []}}

    def create(self, validated_data: dict[str, Any]) -> Team:
        return make_team(**validated_data)

    def update(self, instance: Team, validated_data: dict[str, Any]) -> Team:
        validated_data.pop("code", None)
        kept = {"name": instance.name, "branch": instance.branch, "members": list(instance.members.all())}
        return change_team(team=instance, **kept | validated_data)


class TeamViewSet(Creates, Changes, ScopedViewSet):
    """Teams of managers. A head makes and changes those of the own branches."""

    resource = "teams"
    unscoped = "how managers are grouped names no customer"
    queryset = Team.objects.select_related("branch").prefetch_related("members")
    serializer_class = TeamSerializer
    ordering_fields = {"name": "name"}
    ordering = "name"
