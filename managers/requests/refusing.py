"""What may not be asked for, beside the input that says it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.companies.refusing import refuse_amount
from customers.models import Customer, Product
from managers.models import Condition, ResourceRequest
from managers.requests.terms import floor_of

LONGEST = timedelta(days=731)
Kind = ResourceRequest.Kind
Family = Product.Family
FAMILIES = {
    Kind.DEPOSIT_RATE: (Family.DEPOSIT,),
    Kind.LOAN_RATE: (Family.LOAN, Family.MORTGAGE),
    Kind.LIMIT: (Family.LOAN, Family.MORTGAGE, Family.CARD),
    Kind.QUOTA: (Family.DEPOSIT, Family.FUND, Family.INSURANCE),
}


def refuse_request(request: ResourceRequest, conditions: Sequence[Any], terms: dict[str, Any], day: date) -> None:
    _refuse_customer(request.customer)
    if request.kind not in Kind.values:
        raise RuleBroken(_("There is no such kind of request."), field="kind")
    _refuse_thing(request)
    refuse_amount(request.amount, settings.CRM_BASE_CURRENCY)
    _refuse_price(request, terms)
    _refuse_renewal(request, day)
    if not day < request.valid_until <= day + LONGEST:
        raise RuleBroken(_("It holds until a day from tomorrow to two years from now."), field="valid_until")
    if not 1 <= len(request.why) <= 500:
        raise RuleBroken(_("A reason of at most 500 characters belongs here."), field="why")
    for condition in conditions:
        _refuse_condition(condition, request.valid_until, day)


def _refuse_customer(customer: Customer) -> None:
    if customer.status in Customer.GONE:
        text = _("Nothing is sold to a customer with this status: %(status)s.")
        raise RuleBroken(text % {"status": customer.get_status_display()}, field="customer", code="gone")


def _refuse_thing(request: ResourceRequest) -> None:
    if request.kind == Kind.FEE:
        if request.fee is None:
            raise RuleBroken(_("Which fee is it about?"), field="fee", code="required")
        if request.product is not None:
            raise RuleBroken(_("A fee is of no product."), field="product")
        return
    if request.fee is not None:
        raise RuleBroken(_("Only a request about a fee names one."), field="fee")
    if request.product is None:
        raise RuleBroken(_("Which product is it about?"), field="product", code="required")
    if request.product.family not in FAMILIES[Kind(request.kind)]:
        raise RuleBroken(_("%(product)s has no such thing to ask for.") % {"product": request.product}, field="product")


def _refuse_price(request: ResourceRequest, terms: dict[str, Any]) -> None:
    price, kind = request.price, Kind(request.kind)
    if kind not in ResourceRequest.PRICED:
        if price is not None:
            raise RuleBroken(_("A limit or a quota has no price."), field="price")
        return
    if price is None or not price.is_finite() or not 0 <= price <= 1 or price != round(price, 6):
        raise RuleBroken(_("A price from 0 to 100 percent belongs here."), field="price")
    if request.product and request.product.customer_rate is None:
        raise RuleBroken(
            _("%(product)s has no usual rate to start from.") % {"product": request.product}, field="price"
        )
    thing: Any = request.fee or request.product
    floor = floor_of(terms, kind, thing.code)
    if floor is None:
        return
    if price > floor if kind == Kind.DEPOSIT_RATE else price < floor:
        words = {"thing": thing, "floor": f"{floor * 100:.4f}".rstrip("0").rstrip(".")}
        raise RuleBroken(
            _("The bank goes no further than %(floor)s %% for %(thing)s.") % words, field="price", code="floor"
        )


def _refuse_renewal(request: ResourceRequest, day: date) -> None:
    if request.replaces is None:
        return
    same = ("customer_id", "kind", "product_id", "fee_id")
    if any(getattr(request.replaces, name) != getattr(request, name) for name in same):
        raise RuleBroken(
            _("A renewal is of the same thing to the same customer as the grant that it replaces."), field="replaces"
        )
    if not ResourceRequest.objects.holding(day).filter(pk=request.replaces.pk).exists():
        raise RuleBroken(_("What it replaces does not hold any more."), field="replaces", code="replaced")


def refuse_replaced(replaced_id: int | None) -> None:
    """At the grant: another one took its place since it was asked for."""
    if replaced_id and ResourceRequest.objects.granted().filter(replaces=replaced_id).exists():
        raise RuleBroken(_("What it replaces was replaced by another grant."), code="replaced")


def _refuse_condition(condition: Any, valid_until: date, day: date) -> None:
    """`keep`, `inflow` and `inflow_by` are the fields of who asks."""
    is_inflow = condition.kind == Condition.Kind.INFLOW
    try:
        refuse_amount(condition.amount, settings.CRM_BASE_CURRENCY)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="inflow" if is_inflow else "keep") from refusal
    if is_inflow and (condition.due_on is None or not day < condition.due_on <= valid_until):
        raise RuleBroken(_("New money comes by a day from tomorrow to the last day of the grant."), field="inflow_by")
