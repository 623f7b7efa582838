from datetime import date
from typing import Self

from django.db import models


class EventQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Only who may read the audit trail sees it, and sees all of it."""
        return self if user.is_active and user.may("audit-events:read") else self.none()

    def of_customer(self, customer_id: int) -> Self:
        return self.filter(customer_id=customer_id)

    def on_or_after(self, day: date) -> Self:
        return self.filter(at__date__gte=day)

    def on_or_before(self, day: date) -> Self:
        return self.filter(at__date__lte=day)
