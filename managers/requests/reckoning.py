"""What a request costs the bank in a year, and what the customer is worth now and would be after."""

from decimal import Decimal

from django.conf import settings

from crm.base.money import rounded
from customers.models import Customer, Product
from managers.models import ResourceRequest
from segmentation.models import Facts, ValueYear
from segmentation.value.versions import valued_months

Kind = ResourceRequest.Kind
WHOLE = Decimal(1)


def usual_price(kind: str, product: Product | None) -> Decimal | None:
    """Without asking: the product's rate for customers; of a fee the whole of it."""
    if kind == Kind.FEE:
        return WHOLE
    return product.customer_rate if product and kind in ResourceRequest.PRICED else None


def cost_of(kind: str, amount: Decimal, price: Decimal | None, usual: Decimal | None) -> Decimal:
    """Amount x what the price is better for the customer than the usual one, never below zero; 0 for a limit or a quota."""
    if price is None or usual is None:
        return Decimal(0)
    better = price - usual if kind == Kind.DEPOSIT_RATE else usual - price
    return rounded(max(amount * better, Decimal(0)), settings.CRM_BASE_CURRENCY)


def value_now(customer: Customer) -> Decimal | None:
    """Of the newest month that was valued, where it is in the bank's currency."""
    months = valued_months(most=1)
    rows = ValueYear.objects.filter(customer=customer, month__in=months, currency=settings.CRM_BASE_CURRENCY)
    return rows.values_list("value", flat=True).first()


def value_after(request: ResourceRequest) -> Decimal | None:
    """New money brings its margin at the price asked for: deposits the transfer rate less the price, loans the price less the
    transfer rate. What is there already costs what the bank forgoes."""
    now = request.value_now
    if now is None:
        return None
    if not request.is_new or request.kind not in (Kind.DEPOSIT_RATE, Kind.LOAN_RATE):
        return now - request.cost
    assert request.product and request.price is not None
    transfer = request.product.transfer_rate
    if transfer is None:
        return None
    margin = transfer - request.price if request.kind == Kind.DEPOSIT_RATE else request.price - transfer
    return now + rounded(request.amount * margin, settings.CRM_BASE_CURRENCY)


def balance_now(customer: Customer) -> Decimal:
    """As of the data date, from which new money is counted."""
    rows = Facts.objects.filter(customer=customer, currency=settings.CRM_BASE_CURRENCY)
    return rows.values_list("balance", flat=True).first() or Decimal(0)
