from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.models import StatementPrint
from customers.statements.filters import StatementFilter
from customers.statements.serializers import StatementSerializer


class StatementViewSet(Creates, ScopedViewSet):
    """Printed statements; POST prints one."""

    resource = "statements"
    queryset = StatementPrint.objects.select_related("customer", "account", "by", "branch")
    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    ordering_fields = {"printed_at": "printed_at"}
    ordering = "-printed_at"

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The paper is given once, also where the request is repeated by its key."""
        response = super().create(request, *args, **kwargs)
        response.forgets = ("pdf",)
        return response


ROUTES = (("statements", StatementViewSet, "statements"),)
