from typing import Any, Self

from django.db.models import Q

from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet
from managers.books.querysets import ManagerQuerySet


class TaskQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the customers in reach, and of the managers whose books they see."""
        scope = scope_of(user)
        if scope.opens_everything:
            return self.all()
        managers = ManagerQuerySet(User).visible_to(user).order_by()
        of_customers = Q(customer__isnull=False) & scope.customers_q("customer__")
        return self.filter(of_customers | Q(manager__in=managers.values("pk")))

    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def closed(self) -> Self:
        return self.exclude(state=self.model.State.OPEN)

    def for_change(self, task: Any) -> Any:
        """The task as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=task.pk)

    def locked_about(self, kind: str, *about: str) -> list[Any]:
        """The open ones about these things, locked: before the things themselves are, as whoever closes a task does."""
        rows = self.open().filter(kind=kind, about__in=about).order_by("pk")
        return list(rows.select_for_update(of=("self",), no_key=True))
