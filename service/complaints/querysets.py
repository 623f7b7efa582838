from datetime import date
from typing import Any, Self

from django.db import models


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """As their tickets: never to whom one is about."""
        tickets = self.model._meta.get_field("ticket").related_model.objects
        return self.filter(ticket__in=tickets.visible_to(user).order_by().values("pk"))

    def unanswered(self) -> Self:
        return self.filter(answered_on=None)

    def overdue(self, on: date) -> Self:
        return self.unanswered().filter(due_on__lt=on)

    def for_change(self, complaint: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related(
            "ticket__customer", "ticket__caller", "ticket__about"
        )
        return rows.get(pk=complaint.pk)


class OfComplaintQuerySet(models.QuerySet):
    """Rows with a `complaint`."""

    def visible_to(self, user: Any) -> Self:
        complaints = self.model._meta.get_field("complaint").related_model.objects
        return self.filter(complaint__in=complaints.visible_to(user).order_by().values("pk"))
