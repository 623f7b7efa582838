from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import ScopedViewSet
from service.clocks.viewsets import DatedVersionSerializer
from service.complaints import services
from service.complaints.filters import ComplaintFilter, ComplaintRulesFilter
from service.models import Complaint, ComplaintRules, LegalStep


class LegalStepSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = LegalStep
        fields = ["act", "on", "at", "by", "words"]
        read_only_fields = fields


class ComplaintSerializer(serializers.ModelSerializer):
    """It begins with its ticket. `due_on` is the last day that the law leaves; it never pauses."""

    ticket = serializers.SlugRelatedField(slug_field="number", read_only=True)
    customer = serializers.CharField(source="ticket.customer.number", read_only=True, default=None, allow_null=True)
    steps = LegalStepSerializer(many=True, read_only=True)

    class Meta:
        model = Complaint
        fields = [
            "id",
            "ticket",
            "customer",
            "regime",
            "received_on",
            "stage",
            "due_on",
            "answered_on",
            "steps",
            "version",
        ]
        read_only_fields = fields


class ComplaintAnswerSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=10_000)
    version = serializers.IntegerField(min_value=1)


class ComplaintDeclareSerializer(ComplaintAnswerSerializer):
    act = serializers.ChoiceField(choices=[(act.value, act.label) for act in services.SAID])


class ComplaintViewSet(ScopedViewSet):
    """Complaints by the last day that the law leaves; an extension is proposed by POST to `proposals/`, of the kind `complaint_extension`."""

    request: Any  # of someone signed in
    resource = "complaints"
    announces_reads = True
    queryset = Complaint.objects.select_related("ticket__customer").prefetch_related("steps__by")
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"

    def _done(self, verb: Callable[..., Complaint], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(complaint=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ComplaintDeclareSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"])
    def declare(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.declare, ComplaintDeclareSerializer)

    @extend_schema(request=ComplaintAnswerSerializer, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"], url_path="answer")
    def give_answer(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.answer, ComplaintAnswerSerializer)


class ComplaintRulesSerializer(DatedVersionSerializer):
    class Meta(DatedVersionSerializer.Meta):
        model = ComplaintRules


class ComplaintRulesViewSet(ScopedViewSet):
    """Every version of the complaint rules, the newest first; a new one is proposed by POST to `proposals/`, of the kind `complaint_rules`."""

    resource = "complaint-rules"
    unscoped = "how the bank deals with complaints names no customer"
    queryset = ComplaintRules.objects.select_related("published_by")
    serializer_class = ComplaintRulesSerializer
    filterset_class = ComplaintRulesFilter
    ordering_fields = {"number": "number"}
    ordering = "-number"
