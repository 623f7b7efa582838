from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from customers.companies import filters, serializers
from customers.companies.figure_serializers import FigureKindSerializer, FigureSerializer
from customers.companies.party_serializers import PartySerializer
from customers.companies.people import reveal_person
from customers.models import (
    CompanyFigure,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    FigureKind,
    Guarantee,
    OutsideParty,
    Renewal,
    SiteVisit,
)
from customers.services.versions import locked


class NotedViewSet(Creates, Changes, ScopedViewSet):
    """What was noted of companies, the newest first; PATCH corrects it where the company is in reach."""

    resource = "companies"
    request: Any  # of someone signed in
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        is_read = self.action in ("list", "retrieve", "reveal")
        return rows if is_read or getattr(self, "swagger_fake_view", False) else rows.writable_by(self.request.user)

    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The company is locked first, as everywhere."""
        locked(self.get_object().customer, None)
        return super().partial_update(request, *args, **kwargs)


class WithPartyViewSet(NotedViewSet):
    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.with_reach(self.request.user)


class RelationViewSet(WithPartyViewSet):
    queryset = CompanyRelation.objects.select_related("customer", "party", "outsider", "by")
    serializer_class = serializers.RelationSerializer
    filterset_class = filters.RelationFilter


class GuaranteeViewSet(WithPartyViewSet):
    queryset = Guarantee.objects.select_related("customer", "party", "outsider", "by")
    serializer_class = serializers.GuaranteeSerializer
    filterset_class = filters.GuaranteeFilter


class OutsidePartyViewSet(Changes, ScopedViewSet):
    """Parties outside the bank that companies in reach name."""

    resource = "companies"
    request: Any  # of someone signed in
    queryset = OutsideParty.objects.select_related("by")
    serializer_class = PartySerializer
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.with_reach(self.request.user)


class LimitViewSet(NotedViewSet):
    queryset = CreditLimit.objects.select_related("customer", "by")
    serializer_class = serializers.LimitSerializer
    filterset_class = filters.LimitFilter


class PersonViewSet(NotedViewSet):
    queryset = ContactPerson.objects.select_related("customer", "by")
    serializer_class = serializers.PersonSerializer
    filterset_class = filters.PersonFilter

    @extend_schema(request=serializers.RevealSerializer, responses=serializers.RevealedSerializer)
    @action(detail=True, methods=["post"], only_reads=True)
    def reveal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One value, plain: recorded as read, with the reason."""
        asked = serializers.RevealSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(
            {"value": reveal_person(person=self.get_object(), by=self.request.user, **asked.validated_data)}
        )


class FigureViewSet(NotedViewSet):
    queryset = CompanyFigure.objects.with_before().select_related("customer", "kind", "by")
    serializer_class = FigureSerializer
    filterset_class = filters.FigureFilter


class VisitViewSet(NotedViewSet):
    queryset = SiteVisit.objects.select_related("customer", "interaction", "by")
    serializer_class = serializers.VisitSerializer
    filterset_class = filters.VisitFilter


class NewsViewSet(NotedViewSet):
    queryset = CompanyNews.objects.select_related("customer", "by")
    serializer_class = serializers.NewsSerializer
    filterset_class = filters.NewsFilter


class RenewalViewSet(NotedViewSet):
    queryset = Renewal.objects.select_related("customer", "by")
    serializer_class = serializers.RenewalSerializer
    filterset_class = filters.RenewalFilter


class FigureKindViewSet(Changes, ScopedViewSet):
    """Kinds of figures with what alarms; a bank has a few dozen."""

    resource = "figure-kinds"
    unscoped = "kinds of figures belong to nobody"
    queryset = FigureKind.objects.all()
    serializer_class = FigureKindSerializer
    ordering_fields = {"place": "place"}
    ordering = "place"


ROUTES = (
    ("companies/figures", FigureViewSet, "company-figures"),
    ("companies/relations", RelationViewSet, "company-relations"),
    ("companies/outside-parties", OutsidePartyViewSet, "company-outside-parties"),
    ("companies/limits", LimitViewSet, "company-limits"),
    ("companies/guarantees", GuaranteeViewSet, "company-guarantees"),
    ("companies/contact-persons", PersonViewSet, "company-contact-persons"),
    ("companies/visits", VisitViewSet, "company-visits"),
    ("companies/news", NewsViewSet, "company-news"),
    ("companies/renewals", RenewalViewSet, "company-renewals"),
    ("figure-kinds", FigureKindViewSet, "figure-kinds"),
)
