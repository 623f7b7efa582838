"""The balance chart: one question, a title that answers it, and a table for those who can't see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.money import minor_unit, rounded
from crm.base.panels import Panel
from crm.base.templatetags.frame import money_exact
from customers import portfolio
from customers.models import Customer

STEADY = 0.005


@dataclass(frozen=True)
class Chart:
    course: portfolio.Course

    @property
    def element_id(self) -> str:
        return f"chart-{self.currency}"

    @property
    def currency(self) -> str:
        return self.course.currency

    @property
    def months(self) -> list[portfolio.Month]:
        return self.course.months

    @property
    def last(self) -> portfolio.Month:
        return self.course.last

    @property
    def title(self) -> str:
        """What the line says, in a sentence."""
        amount = f"{rounded(self.last.average, self.currency):,.{minor_unit(self.currency)}f}"
        said = {"amount": f"{amount} {self.currency}"}
        change = self.course.change
        if change is None:
            return _("The month average is %(amount)s") % said
        said["percent"] = number_format(abs(change) * 100, 1)
        if abs(change) < STEADY:
            return _("The month average is steady at %(amount)s") % said
        if change > 0:
            return _("The month average rose by %(percent)s %% in a year, to %(amount)s") % said
        return _("The month average fell by %(percent)s %% in a year, to %(amount)s") % said

    @property
    def rows(self) -> SafeString:
        """The table, the newest month first: in one go, a template would take a fifth of the page for it."""
        return mark_safe("\n".join(map(self._row, reversed(self.months))))  # noqa: S308  figures, drawn and escaped

    def _row(self, month: portfolio.Month) -> str:
        average, closing = (money_exact(sum_, self.currency) for sum_ in (month.average, month.closing))
        return (
            f'<tr><th scope="row">{month.month:%Y-%m}</th>'
            f'<td class="text-end">{average}</td><td class="text-end">{closing}</td></tr>'
        )

    @property
    def data(self) -> dict[str, Any]:
        """For the script: floats are good enough for pixels."""
        return {
            "label": _("Month average, %(currency)s") % {"currency": self.currency},
            "months": [f"{month.month:%Y-%m}" for month in self.months],
            "values": [float(month.average) for month in self.months],
        }


def courses_of(customer: Customer) -> list[portfolio.Course]:
    """Asked by the figure and by the chart of one page, and read once."""
    remembered: list[portfolio.Course] | None = getattr(customer, "_courses", None)
    if remembered is None:
        remembered = portfolio.courses(customer)
        customer._courses = remembered  # type: ignore[attr-defined]
    return remembered


def charts_of(customer: Customer) -> list[Chart]:
    return [Chart(course) for course in courses_of(customer)]


def _balance(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    found = courses_of(customer)
    return {"courses": found, "accounts": sum(course.last.accounts for course in found)}


BALANCE = Panel("balance", "customers/_figure_balance.html", _balance, gettext_lazy("Balance"), "balances:read")


def _last_contact(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    if not hasattr(customer, "last_contact"):
        return None
    at = customer.last_contact
    return {"at": at, "days": (timezone.localdate() - timezone.localdate(at)).days if at else None}


LAST_CONTACT = Panel(
    "last_contact",
    "customers/_figure_contact.html",
    _last_contact,
    gettext_lazy("Last contact"),
    "interactions:read",
    in_outline=True,
)
