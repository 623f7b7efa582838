from typing import Any, Self

from django.apps import apps
from django.db.models import Case, CharField, F, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from customers.querysets.parties import OfCustomerQuerySet


class ProspectQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """No part of an outline."""
        return self.open_to(user)

    def with_outcome(self) -> Self:
        """`outcome`: the stage; converted where the record is that of a customer, by whatever door; closed or deceased where it is that.

        Of a record that was merged that of the one that stands counts; beside another prospect it is closed.
        """
        stands = Coalesce("customer__merged_into__status", "customer__status")
        became = When(stands__in=("active", "dormant", "frozen"), then=Value("converted"))
        gone = [When(**{f"{of}__in": ("closed", "deceased")}, then=F(of)) for of in ("stands", "customer__status")]
        outcome = Case(became, *gone, default=F("stage"), output_field=CharField())
        return self.alias(stands=stands).annotate(outcome=outcome)

    def with_course(self) -> Self:
        """`first_contact`: the moment; `first_balance`: the first day on which an account of theirs held money."""
        logged = apps.get_model("customers", "Interaction").objects.filter(customer=OuterRef("customer")).order_by()
        held = apps.get_model("customers", "Balance").objects.filter(
            account__holders__customer=OuterRef("customer"), amount__gt=0
        )
        first = logged.values("customer").annotate(first=Min("at")).values("first")
        money = held.order_by().values("account__holders__customer").annotate(first=Min("on")).values("first")
        return self.annotate(first_contact=Subquery(first), first_balance=Subquery(money))

    def for_change(self, prospect: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer")
        return rows.get(pk=prospect.pk)
