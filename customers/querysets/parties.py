from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.scope import scope_of
from customers.querysets import search

MATCHES = 300
MERGED, ERASED = "merged", "erased"


def refuse_merged(customer: Any) -> None:
    """What was merged or erased is history: what concerns the customer is said of the record that stands, or of nobody."""
    if customer.erased_on is not None:
        raise RuleBroken(_("This customer was erased: nothing is written under the number any more."), code=ERASED)
    if customer.merged_into_id is not None:
        raise RuleBroken(_("This record was merged into another one. Open that one, and say it there."), code=MERGED)


class CustomerQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The customers within the user's reach; the unknown see nothing."""
        return self.filter(scope_of(user).customers_q())

    def open_to(self, user) -> Self:
        """Those of them whom the user sees in full: a phone centre agent during a verified call."""
        return self.filter(scope_of(user).open_q())

    def search(self, text: str) -> Self:
        """By name, pinyin, initials, number, or a whole phone number or id document; all for no text.

        At most MATCHES for each meaning of the text, taken within the rows asked for: narrow first, then search.
        """
        text = text.strip()
        if not text:
            return self
        found = search.keys(self, text, MATCHES)
        return self.none() if found is None else self.filter(pk__in=found)

    def exactly(self, text: str) -> Self:
        """The customers with this number, whole phone number or id document; a merged record leads to the one that stands."""
        text = text.strip()
        found = Q(number=text)
        contacts = apps.get_model("customers", "Contact").objects
        for name, value in search.exact_contact(text).items():
            found |= Q(pk__in=list(contacts.filter(**{name: value}).values_list("pk", flat=True)))
        documents = search.exact_document(text)
        if documents is not None:
            found |= Q(pk__in=list(documents.values_list("customer", flat=True)))
        meant = self.model.objects.filter(found).annotate(stands=Coalesce("merged_into_id", "pk"))
        return self.filter(pk__in=meant.values("stands"))

    def unmerged(self) -> Self:
        """Without the records that were merged into another one."""
        return self.filter(merged_into=None)

    def for_change(self, customer) -> Any:
        """The customer as it is now, locked until the transaction ends. Refuses one that became a part of another record."""
        found = self.select_for_update(of=("self",), no_key=True).order_by("pk").get(pk=customer.pk)
        refuse_merged(found)
        return found

    def with_contacts(self, day) -> Self:
        """`next_step`: the day and note of the step that is due first, and `last_contact`: when; or None."""
        logged = apps.get_model("customers", "Interaction").objects.filter(customer=OuterRef("pk"))
        step = logged.pending(day).values(step=JSONObject(on="next_on", note="note"))
        last = logged.order_by("-at").values("at")
        return self.annotate(next_step=Subquery(step[:1]), last_contact=Subquery(last[:1]))

    def with_flags(self, day) -> Self:
        """`flag_kinds`: the kinds of the flags that hold on the day, by name."""
        flags = apps.get_model("customers", "Flag").objects.holding(day).filter(customer=OuterRef("pk"))
        return self.annotate(flag_kinds=ArraySubquery(flags.order_by("kind").values("kind")))

    def active(self) -> Self:
        return self.filter(status=self.model.Status.ACTIVE)

    def tiered(self) -> Self:
        """Those who have a tier: active, dormant, frozen."""
        return self.filter(status__in=self.model.TIERED)


class OfCustomerQuerySet(models.QuerySet):
    """Rows with a `customer`."""

    def visible_to(self, user) -> Self:
        return self.filter(scope_of(user).customers_q("customer__"))

    def open_to(self, user) -> Self:
        """Those of customers whom the user sees in full."""
        return self.filter(scope_of(user).open_q("customer__"))

    def of_standing(self) -> Self:
        """Of customers who have not left, and are no part of another record."""
        gone = apps.get_model("customers", "Customer").GONE
        return self.filter(customer__merged_into=None).exclude(customer__status__in=gone)


class InteractionQuerySet(OfCustomerQuerySet):
    def pending(self, day) -> Self:
        """Next steps on or after the day, and older ones that no later contact has answered; the oldest first."""
        later = self.model.objects.filter(customer=OuterRef("customer"), at__gt=OuterRef("at"))
        return self.filter(Q(next_on__gte=day) | ~Exists(later), next_on__isnull=False).order_by("next_on", "pk")

    def unanswered(self, through) -> Self:
        """Next steps up to the day that no later contact with the customer has answered, the oldest first."""
        later = self.model.objects.filter(customer=OuterRef("customer"), at__gt=OuterRef("at"))
        return self.filter(~Exists(later), next_on__lte=through).order_by("next_on", "pk")
