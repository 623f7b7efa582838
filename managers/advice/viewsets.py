from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Changes, Creates, ScopedViewSet
from managers.advice import services
from managers.advice.filters import AdviceFilter
from managers.advice.returns import stretches_of
from managers.advice.serializers import (
    AdviceChangeSerializer,
    AdviceHandOverSerializer,
    AdviceReadSerializer,
    AdviceReplySerializer,
    AdviceReturnsSerializer,
    AdviceSerializer,
    ReturnStretchSerializer,
)
from managers.models import Advice


class AdviceViewSet(Creates, Changes, ScopedViewSet):
    """Investment advice with its versions; `hand-over` and `answer` go on, `throw-away` ends a draft, `returns` tells how the assets of a customer changed."""

    request: Any  # of someone signed in
    resource = "advice"
    announces_reads = True
    queryset = Advice.objects.select_related("customer", "begun_by").with_state().with_versions()
    filterset_class = AdviceFilter
    ordering_fields = {"begun_at": "begun_at"}
    ordering = "-begun_at"

    def get_serializer_class(self) -> type[AdviceSerializer]:
        return AdviceChangeSerializer if self.action == "partial_update" else AdviceSerializer

    def _done(self, verb: Callable[..., object], kind: type[Serializer]) -> Response:
        advice = self.get_object()
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(advice=advice, by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=AdviceReadSerializer, responses=AdviceSerializer)
    @action(detail=True, methods=["post"], url_path="throw-away")
    def throw_away(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.throw_away, AdviceReadSerializer)

    @extend_schema(request=AdviceHandOverSerializer, responses=AdviceSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.hand_over_advice, AdviceHandOverSerializer)

    @extend_schema(request=AdviceReplySerializer, responses=AdviceSerializer)
    @action(detail=True, methods=["post"], url_path="answer")
    def record_answer(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.record_answer, AdviceReplySerializer)

    @extend_schema(parameters=[AdviceReturnsSerializer], responses=ReturnStretchSerializer(many=True), filters=False)
    @action(detail=False)
    def returns(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Of one customer: what they brought and what the money earned, month by month; the newest stretch first."""
        asked = AdviceReturnsSerializer(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        customer = asked.validated_data["customer"]
        self.announce(customer, customer_id=customer.pk)
        found = stretches_of(customer, asked.validated_data["months"])
        return Response({"results": ReturnStretchSerializer(found, many=True).data})
