from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.companies import groups
from customers.companies.filters import CompanyGroupFilter
from customers.companies.group_serializers import (
    GroupLimitSerializer,
    GroupSerializer,
    JoiningSerializer,
    LeavingGroupSerializer,
    NewGroupSerializer,
    WholeGroupSerializer,
)
from customers.companies.reading import announce
from customers.models import CompanyGroup, GroupMember

SHOWN = WholeGroupSerializer


class GroupViewSet(Creates, ScopedViewSet):
    """Groups with a member in reach. Members out of reach are counted, and not named."""

    resource = "groups"
    announces_reads = True
    request: Any  # of someone signed in
    queryset = CompanyGroup.objects.all()
    filterset_class = CompanyGroupFilter
    ordering_fields = {"number": "number"}
    ordering = "number"

    def get_serializer_class(self) -> type[GroupSerializer]:
        return {"create": NewGroupSerializer, "list": GroupSerializer}.get(self.action, SHOWN)

    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was made is answered as a reader sees it."""
        made = self.asked(NewGroupSerializer).save(by=self.request.user)
        location = f"{request.build_absolute_uri(request.path)}{made.pk}/"
        return self.shown(made.pk, status=201, headers={"Location": location})

    @extend_schema(request=JoiningSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def members(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A company in reach joins."""
        group, said = self.get_object(), self.asked(JoiningSerializer).validated_data
        groups.join_group(group=group, by=self.request.user, as_of=timezone.localdate(), **said)
        return self.shown(group.pk)

    @extend_schema(request=LeavingGroupSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """204 where the group is out of reach from then on."""
        said = dict(self.asked(LeavingGroupSerializer).validated_data)
        rows = GroupMember.objects.visible_to(self.request.user).filter(group=self.get_object(), until=None)
        member = get_object_or_404(rows.select_related("group"), customer__number=said.pop("customer"))
        groups.leave_group(member=member, by=self.request.user, as_of=timezone.localdate(), **said)
        still = self.get_queryset().filter(pk=member.group_id).exists()
        return self.shown(member.group_id) if still else Response(status=204)

    @extend_schema(request=GroupLimitSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def limit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Another limit from its day on."""
        group, said = self.get_object(), self.asked(GroupLimitSerializer).validated_data
        groups.limit_group(group=group, by=self.request.user, at=timezone.now(), **said)
        return self.shown(group.pk)

    def announce(self, obj: CompanyGroup) -> None:
        rows = [row for row in GroupMember.objects.of(obj.pk, self.request.user) if row.in_reach]
        announce(rows, self.request.user, "groups.retrieve")

    def asked(self, kind: type) -> Any:
        asked = kind(data=self.request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return asked

    def shown(self, pk: int, **kwargs: Any) -> Response:
        return self.answer(SHOWN(self.get_queryset().get(pk=pk), context=self.get_serializer_context()), **kwargs)


ROUTES = (("groups", GroupViewSet, "groups"),)
