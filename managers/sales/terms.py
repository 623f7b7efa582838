"""What may be said of an opportunity, whoever says it: on a page, over REST, in the demo."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.money import minor_unit, rounded
from crm.identity.models import Reach, User
from crm.identity.scope import scope_of
from customers.models import Customer
from customers.rates import known_currencies
from managers.models import Opportunity
from managers.sales.stages import refuse_unsuitable

MOST = Decimal(10) ** 15


def checked(opportunity: Opportunity, changed: Iterable[str], *, at: datetime) -> None:
    """Refuses what of the changed fields can't be."""
    names, day = set(changed), timezone.localdate(at)
    if "product" in names:
        refuse_unsuitable(opportunity.customer, opportunity.product, day, field="product")
    if names & {"amount", "currency"}:
        refuse_amount(opportunity.amount, opportunity.currency)
    if "probability" in names and not 0 <= opportunity.probability <= 100:
        raise RuleBroken(_("A probability is between 0 and 100 percent."), field="probability")
    if "close_on" in names and opportunity.close_on < day:
        raise RuleBroken(_("A sale is expected today or later."), field="close_on")
    if names & {"next_on", "next_step"} and opportunity.next_on and not opportunity.next_step.strip():
        raise RuleBroken(_("What is to be done on that day?"), field="next_step", code="required")


def refuse_amount(amount: Decimal, currency: str, *, field: str = "amount") -> None:
    if currency not in known_currencies():
        text = _("The bank has no rate for this currency: %(currency)s.")
        raise RuleBroken(text % {"currency": currency}, field="currency")
    if not 0 < amount < MOST:
        raise RuleBroken(_("An amount above zero belongs here."), field=field)
    if amount != rounded(amount, currency):
        text = _("%(currency)s has at most %(digits)s decimals.")
        raise RuleBroken(text % {"currency": currency, "digits": minor_unit(currency)}, field=field)


def owner_of(customer: Customer, owner: User | None, *, by: User, at: datetime) -> User:
    """Whoever is named, else the customer's manager, else the manager who says it. They must reach the customer."""
    found = owner or customer.manager or (by if by.role == User.Role.MANAGER else None)
    if found is None:
        raise RuleBroken(_("Nobody manages this customer: say who owns the opportunity."), field="owner")
    if found.role != User.Role.MANAGER or not found.is_active:
        raise RuleBroken(_("A relationship manager at work owns an opportunity."), field="owner")
    if not scope_of(found, at=at).opens(customer):
        raise RuleBroken(_("This manager does not look after the customer."), field="owner")
    return found


def owners(customer: Customer, at: datetime) -> QuerySet[User]:
    """The managers who may own an opportunity of the customer."""
    reach = Reach.objects.filter(starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))
    own = Q(customer_id=customer.pk) | Q(branch=customer.branch_id) & Q(branch__isnull=False)
    if customer.manager_id:
        own |= Q(owner=customer.manager_id)
    who = Q(pk=customer.manager_id) | Q(pk__in=reach.filter(own).values("user"))
    return User.objects.filter(who, role=User.Role.MANAGER, is_active=True).order_by("username")
