"""What an advice can't say, and whom nobody advises."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.contacting.suitability import Suitability
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from managers.advice.content import Content, Line
from managers.sales.stages import refuse_against
from managers.sales.terms import refuse_amount

HUNDRED, CENT = Decimal(100), Decimal("0.01")
MOST_LINES, LONGEST = 8, 600


def refuse_gone(customer: Customer) -> None:
    refuse_merged(customer)
    if customer.status in Customer.GONE:
        text = _("Nobody advises a customer with this status: %(status)s.")
        raise RuleBroken(text % {"status": customer.get_status_display()}, field="customer", code="gone")


def refuse_content(content: Content, suits: Suitability, day: date) -> None:
    """A line is named `lines[0].product`, counted from 0."""
    if not content.goals.strip():
        raise RuleBroken(_("Say what the customer wants to reach."), field="goals", code="required")
    if not 1 <= content.horizon_months <= LONGEST:
        text = _("A horizon is between 1 and %(most)s months.") % {"most": LONGEST}
        raise RuleBroken(text, field="horizon_months")
    refuse_amount(content.amount, content.currency)
    if content.review_on <= day:
        raise RuleBroken(_("An advice is reviewed on a day after it."), field="review_on")
    if not 1 <= len(content.lines) <= MOST_LINES:
        text = _("Between 1 and %(most)s products belong here.") % {"most": MOST_LINES}
        raise RuleBroken(text, field="lines", code="required")
    _refuse_lines(content, suits)


def _refuse_lines(content: Content, suits: Suitability) -> None:
    times = Counter(line.product.pk for line in content.lines)
    for place, line in enumerate(content.lines):
        here = f"lines[{place}]"
        refuse_against(suits, line.product, field=f"{here}.product")
        if times[line.product.pk] > 1:
            raise RuleBroken(_("Each product is proposed once."), field=f"{here}.product")
        _refuse_measure(line, content.currency, here)
        if not line.reason.strip():
            raise RuleBroken(_("Say why this product."), field=f"{here}.reason", code="required")
    total = sum((line.percent or Decimal(0) for line in content.lines), Decimal(0))
    if total > HUNDRED:
        text = _("The shares come to %(total)s percent: at most 100.") % {"total": total}
        raise RuleBroken(text, field=f"lines[{len(content.lines) - 1}].percent")


def _refuse_measure(line: Line, currency: str, here: str) -> None:
    if (line.amount is None) == (line.percent is None):
        raise RuleBroken(_("Either an amount or a percentage belongs here."), field=f"{here}.amount")
    if line.amount is not None:
        refuse_amount(line.amount, currency, field=f"{here}.amount")
    elif line.percent is not None and (not 0 < line.percent <= HUNDRED or line.percent % CENT):
        text = _("A percentage is above 0 and at most 100, with at most two decimals.")
        raise RuleBroken(text, field=f"{here}.percent")
