from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from crm.identity.scope import scope_of
from service.workorders.words import ENDED


class WorkOrderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the customers in reach, and those of the own departments; never of a ticket that complains about the user."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        reach = scope_of(user).customers_q("customer__")
        return (self.filter(reach | self._own(user)) if reach else self).unbiased(user)

    def unbiased(self, user: Any) -> Self:
        return self.exclude(Q(ticket__about=user.pk, ticket__isnull=False)).exclude(
            Q(request__ticket__about=user.pk, request__ticket__isnull=False)
        )

    def of_departments(self, user: Any) -> Self:
        return self.filter(self._own(user))

    def _own(self, user: Any) -> Q:
        """Of the user's teams and branch."""
        found = Q(team__in=user.teams.values("pk"))
        return found | Q(branch=user.branch_id) if user.branch_id else found

    def open(self) -> Self:
        return self.exclude(state__in=ENDED)

    def overdue(self, at: datetime) -> Self:
        return self.open().filter(due_at__lte=at)

    def of_ticket(self, ticket: Any) -> Self:
        """Its own, and those of its requests."""
        return self.filter(Q(ticket=ticket) | Q(request__ticket=ticket))

    def for_change(self, order: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True)
        return rows.select_related("customer", "ticket", "request", "team", "branch").get(pk=order.pk)


class OfOrderQuerySet(models.QuerySet):
    """Rows with an `order`."""

    def visible_to(self, user: Any) -> Self:
        orders = self.model._meta.get_field("order").related_model.objects
        return self.filter(order__in=orders.visible_to(user).order_by().values("pk"))
