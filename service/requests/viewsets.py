from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Creates, ScopedViewSet
from service.models import RequestForm, ServiceRequest
from service.requests import services
from service.requests.catalogue import offered_on
from service.requests.filters import RequestFilter
from service.requests.serializers import (
    OfferedSerializer,
    RequestCancelSerializer,
    RequestFormSerializer,
    RequestVersionSerializer,
    ServiceRequestSerializer,
)


class ServiceRequestViewSet(Creates, ScopedViewSet):
    """What customers ask the bank to do, by a form of the catalogue (`forms`); the bank's core executes it."""

    request: Any  # of someone signed in
    resource = "service-requests"
    announces_reads = True
    queryset = ServiceRequest.objects.select_related(
        "customer", "ticket", "requested_by", "authorised_by"
    ).prefetch_related("steps__by")
    serializer_class = ServiceRequestSerializer
    filterset_class = RequestFilter
    ordering_fields = {"requested_at": "requested_at"}
    ordering = "-requested_at"

    def done(self, verb: Callable[..., ServiceRequest], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(request=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(responses=OfferedSerializer(many=True))
    @action(detail=False, filterset_class=None, pagination_class=None)
    def forms(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What customers can ask for today, with the fields of each form."""
        return Response(OfferedSerializer(offered_on(timezone.localdate()), many=True).data)

    @extend_schema(request=RequestVersionSerializer, responses=ServiceRequestSerializer)
    @action(detail=True, methods=["post"])
    def authorise(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """By a second person."""
        return self.done(services.authorise, RequestVersionSerializer)

    @extend_schema(request=RequestCancelSerializer, responses=ServiceRequestSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.cancel, RequestCancelSerializer)


class RequestFormViewSet(ScopedViewSet):
    """Every published version of the forms; a new one is proposed by POST to `proposals/`, of the kind `request_form`."""

    resource = "request-forms"
    unscoped = "a form names no customer"
    queryset = RequestForm.objects.select_related("published_by")
    serializer_class = RequestFormSerializer
    ordering_fields = {"id": "id"}
    ordering = "-id"
