from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.duplicates import services
from customers.duplicates.filters import DuplicateFilter, MergeFilter
from customers.duplicates.serializers import (
    BecauseSerializer,
    DuplicateSerializer,
    MergeSerializer,
    UndoneSerializer,
)
from customers.models import Duplicate, Merge


def _reason(request: Request) -> str:
    asked = BecauseSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data["reason"])


class DuplicateViewSet(ScopedViewSet):
    """Pairs of records of which both are in reach."""

    resource = "duplicates"
    request: Any  # of someone signed in
    queryset = Duplicate.objects.select_related("first", "second", "closed_by")
    serializer_class = DuplicateSerializer
    filterset_class = DuplicateFilter
    ordering_fields = {"score": "score"}
    ordering = "-score"

    @extend_schema(request=BecauseSerializer, responses=DuplicateSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """They are two customers."""
        found, reason = self.get_object(), _reason(request)
        services.dismiss_duplicate(duplicate=found, reason=reason, by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()))


class MergeViewSet(Creates, ScopedViewSet):
    resource = "merges"
    request: Any  # of someone signed in
    queryset = Merge.objects.select_related("survivor", "absorbed", "by", "undone_by")
    serializer_class = MergeSerializer
    filterset_class = MergeFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"

    @extend_schema(request=BecauseSerializer, responses=UndoneSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found, reason = self.get_object(), _reason(request)
        left = services.undo_merge(merge=found, reason=reason, by=self.request.user, at=timezone.now())
        return Response({"merge": self.get_serializer(self.get_object()).data, "left": left})


ROUTES = (("duplicates", DuplicateViewSet, "duplicates"), ("merges", MergeViewSet, "merges"))
