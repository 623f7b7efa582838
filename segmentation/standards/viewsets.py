from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Private, ScopedViewSet
from crm.base.signals import read
from customers.models import Customer
from segmentation.models import EntitlementOverride, EntitlementUse, GoldCard, ServiceStandard
from segmentation.standards.entitlements import holds_gold_card
from segmentation.standards.filters import EntitlementOverrideFilter, GoldCardFilter, StandardFilter, UseFilter
from segmentation.standards.offers import offers_of
from segmentation.standards.serializers import (
    EntitlementOverrideSerializer,
    EntitlementsSerializer,
    GoldCardSerializer,
    ServiceStandardSerializer,
    UndoSerializer,
    UseSerializer,
)
from segmentation.standards.shown import shown_of
from segmentation.standards.uses import undo_use
from segmentation.viewsets.policies import NO_SECRET
from segmentation.viewsets.why import ON, Query


class ServiceStandardViewSet(ScopedViewSet):
    """Every version of the service standards, as in a policy file."""

    resource = "service-standards"
    unscoped = NO_SECRET
    queryset = ServiceStandard.objects.all()
    serializer_class = ServiceStandardSerializer
    filterset_class = StandardFilter
    ordering_fields = {"effective_from": "effective_from"}
    ordering = "-effective_from"


class CustomerEntitlementsView(Private):
    """What a customer is entitled to on a day, where from, used and left; the gold card; the products that are open."""

    resource = "customers"

    @extend_schema(parameters=[ON], responses=EntitlementsSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id)
        asked = Query(data=request.query_params)
        asked.is_valid(raise_exception=True)
        on = asked.validated_data.get("on") or timezone.localdate()
        said = {
            "shown": shown_of(customer, request.user, on),
            "holds_gold_card": holds_gold_card(customer, on),
            "offers": offers_of(customer, on),
        }
        read.send(Customer, user=request.user, obj=customer, what="customers.entitlements")
        return Response(EntitlementsSerializer(said).data)


class UseViewSet(Creates, ScopedViewSet):
    """Uses of benefits and what undoes them, newest first. POST records one: 409 where nothing is left."""

    resource = "entitlement-uses"
    queryset = EntitlementUse.objects.with_undone().select_related("customer", "benefit", "tier", "by")
    serializer_class = UseSerializer
    filterset_class = UseFilter
    ordering_fields = {"used_on": "used_on"}
    ordering = "-used_on"


class UndoView(Private):
    """Undoes a use on the day on which it was recorded, by a row of its own."""

    resource = "entitlement-uses"

    @extend_schema(request=UndoSerializer, responses={201: UseSerializer})
    def post(self, request: Any, pk: int, **kwargs: Any) -> Response:
        use = get_object_or_404(EntitlementUse.objects.visible_to(request.user), pk=pk)
        asked = UndoSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        reason = asked.validated_data["reason"]
        undone = undo_use(use=use, reason=reason, by=request.user, as_of=timezone.now())
        return Response(UseSerializer(undone, context={"request": request}).data, status=201)


class EntitlementOverrideViewSet(ScopedViewSet):
    """Grants and withdrawals, newest first. One is asked for as a proposal of the kind `entitlement_override`."""

    resource = "entitlement-overrides"
    queryset = EntitlementOverride.objects.select_related("customer", "benefit", "approved_by")
    serializer_class = EntitlementOverrideSerializer
    filterset_class = EntitlementOverrideFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"


class GoldCardViewSet(Creates, ScopedViewSet):
    """The states of gold cards, newest first; `?on=` those of a day, `?is_open=true` those of now."""

    resource = "gold-cards"
    queryset = GoldCard.objects.select_related("customer", "by")
    serializer_class = GoldCardSerializer
    filterset_class = GoldCardFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"
