from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from crm.base.permissions import allows
from customers.kyc import services
from customers.kyc.filters import KycReviewFilter, RiskRatingFilter
from customers.kyc.serializers import (
    ChecksSerializer,
    ConclusionSerializer,
    KycReviewSerializer,
    RiskRatingSerializer,
)
from customers.models import KycReview, RiskRating
from customers.querysets.kyc import CLEARED


class ClearedViewSet(ScopedViewSet):
    """Cases are told to the cleared, whose token carries it too."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().told(is_cleared=allows(self.request, CLEARED))


class RiskRatingViewSet(Creates, ClearedViewSet):
    """Money-laundering risks, the newest first."""

    resource = "kyc-ratings"
    queryset = RiskRating.objects.select_related("customer", "by", "approved_by")
    serializer_class = RiskRatingSerializer
    filterset_class = RiskRatingFilter
    ordering_fields = {"rated_at": "rated_at"}
    ordering = "-rated_at"


class KycReviewViewSet(ClearedViewSet):
    """Reviews by the day on which they are due; one is begun, worked on and concluded."""

    resource = "kyc-reviews"
    announces_reads = True
    request: Any  # of someone signed in
    queryset = KycReview.objects.select_related("customer", "begun_by", "reviewer")
    serializer_class = KycReviewSerializer
    filterset_class = KycReviewFilter
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"

    def _answer(self) -> Response:
        return self.answer(self.get_serializer(self.get_object()))

    def _said(self, kind: type[serializers.Serializer]) -> dict[str, Any]:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    @extend_schema(request=None, responses=KycReviewSerializer)
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        services.begin_review(review=self.get_object(), by=self.request.user, at=timezone.now())
        return self._answer()

    @extend_schema(request=ChecksSerializer, responses=KycReviewSerializer)
    @action(detail=True, methods=["post"])
    def checks(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keeps what was found so far."""
        services.save_checks(review=self.get_object(), by=self.request.user, **self._said(ChecksSerializer))
        return self._answer()

    @extend_schema(request=ConclusionSerializer, responses=KycReviewSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = self._said(ConclusionSerializer)
        services.conclude_review(review=self.get_object(), by=self.request.user, at=timezone.now(), **said)
        return self._answer()


ROUTES = (("kyc-reviews", KycReviewViewSet, "kyc-reviews"), ("kyc-ratings", RiskRatingViewSet, "kyc-ratings"))
