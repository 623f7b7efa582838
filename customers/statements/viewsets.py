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


ROUTES = (("statements", StatementViewSet, "statements"),)
