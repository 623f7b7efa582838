from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.filters import HouseholdFilter
from customers.households import services
from customers.households.reading import announce
from customers.households.serializers import (
    HeadSerializer,
    HouseholdSerializer,
    HouseholdWithTotalsSerializer,
    LeavingSerializer,
    NewHouseholdSerializer,
    NewMemberSerializer,
    PoolingSerializer,
)
from customers.models import Household, HouseholdMember

SHOWN = HouseholdWithTotalsSerializer


class HouseholdViewSet(Creates, ScopedViewSet):
    """Households with a member in reach. Members out of reach are counted, and not named."""

    resource = "households"
    announces_reads = True
    request: Any  # of someone signed in
    queryset = Household.objects.all()
    serializer_class = HouseholdSerializer
    filterset_class = HouseholdFilter
    ordering_fields = {"number": "number"}
    ordering = "number"

    def get_serializer_class(self) -> type[HouseholdSerializer]:
        return {"create": NewHouseholdSerializer, "list": HouseholdSerializer}.get(self.action, SHOWN)

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        members = HouseholdMember.objects.select_related("customer").with_reach(self.request.user)
        return rows.prefetch_related(Prefetch("members", members))

    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was made is answered as a reader sees it."""
        asked = NewHouseholdSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        made = asked.save(by=self.request.user)
        location = f"{request.build_absolute_uri(request.path)}{made.pk}/"
        return self.shown(made.pk, status=201, headers={"Location": location})

    @extend_schema(request=NewMemberSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def members(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Somebody in reach becomes a member."""
        household, said = self.get_object(), self.said(NewMemberSerializer)
        services.add_member(household=household, by=self.request.user, as_of=timezone.localdate(), **said)
        return self.shown(self.kwargs["pk"])

    @extend_schema(request=LeavingSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """204 where the household is out of reach from then on."""
        said, today = self.said(LeavingSerializer), timezone.localdate()
        member = self.member(said.pop("customer"))
        services.end_membership(member=member, by=self.request.user, as_of=today, **said)
        still = self.get_queryset().filter(pk=member.household_id).exists()
        return self.shown(member.household_id) if still else Response(status=204)

    @extend_schema(request=PoolingSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def pooling(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The customer agrees to be counted together, or no longer does."""
        said, today = self.said(PoolingSerializer), timezone.localdate()
        member = self.member(said.pop("customer"))
        services.change_pooling(member=member, by=self.request.user, as_of=today, **said)
        return self.shown(self.kwargs["pk"])

    @extend_schema(request=HeadSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def head(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        services.make_head(member=self.member(self.said(HeadSerializer)["customer"]), by=self.request.user)
        return self.shown(self.kwargs["pk"])

    def announce(self, obj: Household) -> None:
        announce(obj.members.all(), self.request.user, "households.retrieve")

    def said(self, kind: type[serializers.Serializer]) -> dict[str, Any]:
        asked = kind(data=self.request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def member(self, number: str) -> HouseholdMember:
        """The open membership of a customer in reach."""
        rows = HouseholdMember.objects.visible_to(self.request.user).filter(household=self.get_object(), until=None)
        return get_object_or_404(rows, customer__number=number)

    def shown(self, pk: int, **kwargs: Any) -> Response:
        return self.answer(SHOWN(self.get_queryset().get(pk=pk), context=self.get_serializer_context()), **kwargs)
