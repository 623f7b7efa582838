from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import ScopedViewSet
from service.complaints import services
from service.complaints.filters import ComplaintFilter, ComplaintRulesFilter
from service.complaints.letters import acknowledge
from service.complaints.reviewing import ask_review, decide_review
from service.complaints.serializers import (
    ComplaintAcknowledgeSerializer,
    ComplaintAnswerSerializer,
    ComplaintAskReviewSerializer,
    ComplaintDecideSerializer,
    ComplaintDeclareSerializer,
    ComplaintRulesSerializer,
    ComplaintSerializer,
)
from service.models import Complaint, ComplaintReview, ComplaintRules


class ComplaintViewSet(ScopedViewSet):
    """Complaints by the last day that the law leaves; an extension is proposed by POST to `proposals/`, of the kind `complaint_extension`."""

    request: Any  # of someone signed in
    resource = "complaints"
    announces_reads = True
    queryset = Complaint.objects.select_related(
        "ticket__customer", "review_above__asked_by", "review_above__reviewer"
    ).prefetch_related("steps__by", "letters__sent_by")
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"

    def _done(self, verb: Callable[..., object], kind: type[Serializer], **more: Any) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(
            by=self.request.user,
            at=timezone.now(),
            **(more or {"complaint": self.get_object()}),
            **asked.validated_data,
        )
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ComplaintDeclareSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"])
    def declare(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.declare, ComplaintDeclareSerializer)

    @extend_schema(request=ComplaintAnswerSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"], url_path="answer")
    def give_answer(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.answer, ComplaintAnswerSerializer)

    @extend_schema(request=ComplaintAcknowledgeSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(acknowledge, ComplaintAcknowledgeSerializer)

    @extend_schema(request=ComplaintAskReviewSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"], url_path="review")
    def ask_review(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(ask_review, ComplaintAskReviewSerializer)

    @extend_schema(request=ComplaintDecideSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"], url_path="review/decide")
    def decide_review(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        own = ComplaintReview.objects.filter(complaint=self.get_object(), reviewer=self.request.user)
        return self._done(decide_review, ComplaintDecideSerializer, review=get_object_or_404(own))


class ComplaintRulesViewSet(ScopedViewSet):
    """Every version of the complaint rules, the newest first; a new one is proposed by POST to `proposals/`, of the kind `complaint_rules`."""

    resource = "complaint-rules"
    unscoped = "how the bank deals with complaints names no customer"
    queryset = ComplaintRules.objects.select_related("published_by")
    serializer_class = ComplaintRulesSerializer
    filterset_class = ComplaintRulesFilter
    ordering_fields = {"number": "number"}
    ordering = "-number"
