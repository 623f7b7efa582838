"""What of a plan can't be, whoever says it: on a page, over REST, in the demo."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.money import minor_unit, rounded
from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.models import Customer
from customers.rates import known_currencies
from managers.models import CustomerPlan, PlanGoal
from managers.models.plans import LONGEST
from managers.plans.reckoning import is_planned

MOST = Decimal(10) ** 15
Kind = PlanGoal.Kind


def refuse_customer(customer: Customer, on: date) -> None:
    if customer.status in Customer.GONE:
        raise RuleBroken(_("This customer has left."), field="customer", code="gone")
    if not is_planned(customer, on):
        text = _("Plans are for companies, institutions, and persons of the highest tier or with an executive sponsor.")
        raise RuleBroken(text, field="customer", code="not_planned")
    if CustomerPlan.objects.open().filter(customer=customer).exists():
        raise RuleBroken(_("This customer has an open plan: change that one."), field="customer", code="open")


def refuse_plan(plan: CustomerPlan, on: date) -> None:
    if plan.until <= max(plan.since, on):
        raise RuleBroken(_("The plan ends after it begins, and not before tomorrow."), field="until")
    if plan.until > plan.since + LONGEST:
        raise RuleBroken(_("A plan is for three years at most."), field="until")
    if plan.wallet is None and plan.wallet_source:
        raise RuleBroken(_("How much is it that is known from there?"), field="wallet")
    if plan.wallet is not None:
        refuse_amount(plan.wallet, plan.currency, field="wallet")
        if not plan.wallet_source:
            raise RuleBroken(_("Say where that is known from."), field="wallet_source", code="required")


def refuse_amount(amount: Decimal, currency: str, *, field: str) -> None:
    if currency not in known_currencies():
        text = _("The bank has no rate for this currency: %(currency)s.")
        raise RuleBroken(text % {"currency": currency}, field="currency")
    if not 0 < amount < MOST:
        raise RuleBroken(_("An amount above zero belongs here."), field=field)
    if amount != rounded(amount, currency):
        text = _("%(currency)s has at most %(digits)s decimals.")
        raise RuleBroken(text % {"currency": currency, "digits": minor_unit(currency)}, field=field)


def refuse_goal(goal: PlanGoal) -> None:
    if goal.kind not in Kind.values:
        raise RuleBroken(_("There is no such kind of goal."), field="kind")
    if not goal.plan.since < goal.due_on <= goal.plan.until:
        raise RuleBroken(_("A goal is reached while the plan holds."), field="due_on")
    if goal.kind == Kind.OTHER:
        if goal.figure is not None:
            raise RuleBroken(_("What the bank has no figure of is said in words."), field="figure")
        if not goal.words:
            raise RuleBroken(_("Say what is to be reached."), field="words", code="required")
        return
    if goal.figure is None:
        raise RuleBroken(_("Say how much."), field="figure", code="required")
    if goal.kind == Kind.BALANCE:
        refuse_amount(goal.figure, goal.currency, field="figure")
    elif goal.kind == Kind.WALLET and not (0 < goal.figure <= 100 and goal.figure == round(goal.figure, 2)):
        raise RuleBroken(_("A share is above 0 and at most 100 percent, with two decimals."), field="figure")
    elif goal.kind == Kind.PRODUCTS and not (1 <= goal.figure < 1000 and goal.figure == int(goal.figure)):
        raise RuleBroken(_("A whole number belongs here."), field="figure")


def refuse_who(who: User, customer: Customer, at: datetime) -> None:
    if who.role not in (User.Role.MANAGER, User.Role.HEAD) or not who.is_active:
        raise RuleBroken(_("A manager or a head at work does it."), field="who")
    if not scope_of(who, at=at).opens(customer):
        raise RuleBroken(_("%(user)s does not look after the customer.") % {"user": who}, field="who")


def refuse_day(due_on: date, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise RuleBroken(_("This is done today or later."), field="due_on")
