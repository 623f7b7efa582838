from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.models import Erasure, SubjectExport
from customers.privacy import requests
from customers.privacy.exporting import take_along
from customers.privacy.exports import EXPORTS
from customers.privacy.filters import ErasureFilter, SubjectExportFilter
from customers.privacy.serializers import (
    ErasureAnswerSerializer,
    ErasureDetailSerializer,
    ErasureReasonSerializer,
    ErasureSerializer,
    SubjectExportSerializer,
)
from customers.privacy.views import ERASURES


class SubjectExportViewSet(Creates, ScopedViewSet):
    resource = "subject-exports"
    request: Any  # of someone signed in
    queryset = EXPORTS
    serializer_class = SubjectExportSerializer
    filterset_class = SubjectExportFilter
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"

    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def file(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The whole file. Each taking is recorded; only who asked for it, or a head, takes it."""
        found = SubjectExport.objects.get(pk=self.get_object().pk)
        answer = Response(take_along(export=found, kind="json", by=self.request.user, at=timezone.now()))
        answer.forgets = ("parts",)  # type: ignore[attr-defined]  # given once, also where the request is repeated
        return answer


class ErasureViewSet(Creates, ScopedViewSet):
    """Requests to be erased. What is proposed is decided at `proposals/`."""

    resource = "erasures"
    request: Any  # of someone signed in
    queryset = ERASURES
    serializer_class = ErasureSerializer
    filterset_class = ErasureFilter
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"

    def get_serializer_class(self) -> type[ErasureSerializer]:
        return ErasureDetailSerializer if self.action == "retrieve" else ErasureSerializer

    @extend_schema(request=ErasureReasonSerializer, responses=ErasureSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Refused while something forbids the erasure."""
        asked = ErasureReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found: Erasure = self.get_object()
        requests.propose_erasure(erasure=found, by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ErasureAnswerSerializer, responses=ErasureSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Nothing is erased; the customer is told the answer."""
        asked = ErasureAnswerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found: Erasure = self.get_object()
        requests.refuse_erasure(erasure=found, by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))


ROUTES = (("subject-exports", SubjectExportViewSet, "subject-exports"), ("erasures", ErasureViewSet, "erasures"))
