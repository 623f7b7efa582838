from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedView, ScopedViewSet
from customers.models import Need, Product
from customers.voice.report import report
from customers.voice.serializers import MonthQuery, NeedReportSerializer, NeedSerializer
from customers.voice.services import withdraw_need
from customers.voice.tables import NeedFilter
from customers.voice.views import asked_month


class NeedViewSet(Creates, ScopedViewSet):
    """What customers want; `withdraw` takes back what was noted by mistake, within 24 hours."""

    request: Any  # of someone signed in
    resource = "needs"
    queryset = Need.objects.select_related("customer", "product", "by")
    serializer_class = NeedSerializer
    filterset_class = NeedFilter
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"

    @extend_schema(request=None, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        need = withdraw_need(need=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(need))


class NeedReportViewSet(ScopedView):
    """The month of the product department: counts and words, no customers."""

    resource = "need-reports"
    queryset = Product.objects.all()
    unscoped = "counts of at least five customers over the whole bank, and no names"
    pagination_class = None
    filter_backends = ()
    serializer_class = NeedReportSerializer

    @extend_schema(parameters=[MonthQuery], responses=NeedReportSerializer)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = MonthQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(NeedReportSerializer(report(asked_month(asked.validated_data["month"]))).data)


ROUTES = (("needs", NeedViewSet, "needs"), ("need-reports", NeedReportViewSet, "need-reports"))
