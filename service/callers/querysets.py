from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.identity.models import User
from customers.querysets.parties import OfCustomerQuerySet
from service.words import ENDED


class CallerQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of tickets and of powers of attorney that the user sees, and whom they noted themselves; the phone centre and audit all."""
        if not getattr(user, "is_active", False) or not user.may("callers:read"):
            return self.none()
        if user.role in (User.Role.AGENT, User.Role.AUDITOR):
            return self
        tickets, mandates = (apps.get_model("service", name).objects.visible_to(user) for name in ("Ticket", "Mandate"))
        return self.filter(
            Q(noted_by=user)
            | Exists(tickets.filter(caller=OuterRef("pk")).order_by())
            | Exists(mandates.filter(holder=OuterRef("pk")).order_by())
        )

    def known(self) -> Self:
        return self.filter(forgotten_on=None)

    def speaking_for(self, customer: Any, on: date) -> Self:
        """Who may speak for the customer on the day."""
        held = apps.get_model("service", "Mandate").objects.holding(on).filter(customer=customer)
        return self.filter(pk__in=held.order_by().values("holder")).order_by("pk")

    def silent_since(self, at: datetime, on: date) -> Self:
        """Of whom everything was over by then: their tickets, and what they may say for others."""
        own = apps.get_model("service", "Ticket").objects.filter(caller=OuterRef("pk"))
        going_on = own.filter(~Q(status__in=ENDED) | Q(ended_at__gt=at))
        speaks = apps.get_model("service", "Mandate").objects.filter(holder=OuterRef("pk"), until__gt=on)
        speaks = speaks.filter(Q(ended_at=None) | Q(ended_at__gt=at))
        return self.filter(~Exists(going_on), ~Exists(speaks), noted_at__lte=at)

    def for_change(self, caller: Any) -> Any:
        """As they are now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=caller.pk)


class MandateQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        """On the day, of customers who stand: a power of attorney ends with who gave it."""
        return self.of_standing().filter(since__lte=on, until__gt=on, ended_at=None)
