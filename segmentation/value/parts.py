"""What a line of a customer's value is made of: its accounts, charges, movements or contacts, summing to it to the cent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.money import rounded
from crm.base.sql import rows_of_text, text_of
from customers.models import Customer, Interaction
from segmentation.models import ValueYear
from segmentation.night.waivers import charges
from segmentation.rules.sentences import money
from segmentation.value.span import Span
from segmentation.waivers import percent

SQL = Path(__file__).parent / "sql"
DIGITS = 60  # more than any undivided sum has
OF_CUSTOMER = (
    "ch.charged_on BETWEEN %(since)s AND %(day)s"
    " AND ch.account_id IN (SELECT account_id FROM customers_accountholder WHERE customer_id = %(customer)s)"
)


@dataclass(frozen=True)
class Part:
    """`amount` adds to the value, so what is taken off is negative; None where it is not known. `on` is None for a whole span."""

    title: str
    note: str
    on: date | None
    amount: Decimal | None


def parts_of(customer: Customer, line: str, months: list[date]) -> list[Part]:
    """Of one line of LINES over some months that were reckoned; rounded so that they sum to the line."""
    span = Span.of(customer, months)
    if not span.months:
        return []
    found, divisor = READ[line](span, line), 365 if line in ValueYear.YEARLY else 1
    return list(_shared_out(found, divisor, -1 if line in ValueYear.TAKEN else 1, span.currency))


def _shared_out(parts: list[Part], divisor: int, sign: int, currency: str) -> Iterator[Part]:
    """Each part is what the rounded sum grows by, so no cent is lost or made."""
    whole, told = Decimal(0), Decimal(0)
    for part in parts:
        if part.amount is None:
            yield part
            continue
        with localcontext(prec=DIGITS):
            whole += part.amount
            now = rounded(whole / divisor, currency)
        yield replace(part, amount=sign * (now - told) + 0)  # no -0.00
        told = now


def _asked(name: str, span: Span, *, of: str, into: str, day: str, **more: Any) -> list[dict[str, Any]]:
    quote, texts = text_of(SQL / "quote.sql"), more.pop("texts", {})
    quotes = {"own": quote.format(currency=of, day=day), "wanted": quote.format(currency=into, day=day)}
    return rows_of_text(text_of(SQL / name).format(**quotes, **texts), **span.parameters | more)


def _accounts(span: Span, line: str) -> list[Part]:
    of, name = ("loans", "expected") if line == "losses" else (line, "margins")
    more = span.rates(of, name) | {"unsigned": of == "loans"}
    rows = _asked("accounts.sql", span, of="h.own", into="r.wanted", day="d.day", **more)
    return [Part(f"{row['product']} · {row['number']}", _lain(row, span.currency), None, row["amount"]) for row in rows]


def _lain(row: dict[str, Any], currency: str) -> str:
    if row["average"] is None:
        return _("an exchange rate is missing")
    said = _("average %(amount)s") % {"amount": money(rounded(row["average"], currency), currency)}
    return (
        said
        if row["share"] == 1
        else _("%(said)s, a share of %(share)s") % {"said": said, "share": percent(row["share"])}
    )


def _charges(span: Span, line: str) -> list[Part]:
    own = {"fees": "own_amount", "waivers": "own_waived"}[line]
    texts = {"charges": charges(OF_CUSTOMER)}
    rows = _asked("charges.sql", span, of="k.currency", into="m.wanted", day="k.charged_on", texts=texts)
    return [
        Part(f"{row['fee']} · {row['account']}", _own(row[own], row["currency"], span), row["charged_on"], row[line])
        for row in rows
        if row[own]
    ]


def _movements(span: Span, line: str) -> list[Part]:
    rows = _asked("movements.sql", span, of="a.currency", into="m.wanted", day="t.booked_on")
    return [
        Part(
            f"{row['kind']} · {row['account']}",
            money(abs(row["own_amount"]), row["currency"]),
            row["booked_on"],
            row[line],
        )
        for row in rows
    ]


def _contacts(span: Span, line: str) -> list[Part]:
    channels, purposes = dict(Interaction.Channel.choices), dict(Interaction.Purpose.choices)
    rows = _asked("contacts.sql", span, of="c.currency", into="m.wanted", day="d.day")
    return [
        Part(
            f"{channels[row['channel']]} · {purposes[row['purpose']]}",
            "",
            timezone.localtime(row["at"]).date(),
            row[line],
        )
        for row in rows
    ]


def _own(amount: Decimal, currency: str, span: Span) -> str:
    return "" if currency == span.currency else money(amount, currency)


READ: dict[str, Callable[[Span, str], list[Part]]] = {
    "deposits": _accounts,
    "loans": _accounts,
    "losses": _accounts,
    "fees": _charges,
    "waivers": _charges,
    "commissions": _movements,
    "activities": _contacts,
}
