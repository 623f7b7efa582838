from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class ScriptQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Of each moment the newest version."""
        return self.order_by("moment", "-number").distinct("moment")


class CallBackQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of customers in reach, and of callers whom the user sees."""
        scope = scope_of(user)
        if scope.everything or not getattr(user, "is_active", False):
            return super().visible_to(user)
        callers = apps.get_model("service", "Caller").objects.visible_to(user).order_by()
        return self.filter(scope.customers_q("customer__") | Q(customer=None, caller__in=callers.values("pk")))

    def open(self) -> Self:
        return self.filter(state__in=self.model.OPEN)

    def waiting(self) -> Self:
        """For somebody to take them."""
        return self.filter(state__in=self.model.WAITING)

    def due(self, at: datetime) -> Self:
        return self.waiting().filter(due_at__lte=at)

    def for_change(self, call_back: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer__manager", "caller")
        return rows.get(pk=call_back.pk)


class WrapUpQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """As their calls."""
        calls = apps.get_model("customers", "Call").objects.visible_to(user)
        return self.filter(call__in=calls.order_by().values("pk"))
