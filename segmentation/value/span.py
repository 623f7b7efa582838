"""Months that are told together, with the rates, costs and currencies that each of them was reckoned with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from customers.models import Customer
from segmentation.value.assumptions import assumptions_of
from segmentation.value.known import Known
from segmentation.value.versions import last_day, parameters


@dataclass(frozen=True)
class Span:
    """Months that are told together, the oldest first, and what each of their versions says."""

    customer: Customer
    months: list[date]
    told: list[dict[str, Any]]

    @classmethod
    def of(cls, customer: Customer, months: list[date]) -> "Span":
        known = Known()
        versions = [(month, known.version_on(last_day(month))) for month in months]
        told = [(month, parameters(month, assumptions_of(own.content), known)) for month, own in versions if own]
        return cls(customer, [month for month, _told in told], [own for _month, own in told])

    @property
    def currency(self) -> str:
        """In which the newest month is told."""
        return self.told[-1][self.customer.kind]

    def flat(self, word: str, *names: str) -> dict[str, list[Any]]:
        """Arrays of all months as one, each with the month that an entry belongs to under "cost_months"."""
        rows = [
            (month, *row)
            for month, told in zip(self.months, self.told, strict=True)
            for row in zip(*(told[name] for name in names), strict=True)
        ]
        return {name: [row[place] for row in rows] for place, name in enumerate((f"{word}_months", *names))}

    @property
    def parameters(self) -> dict[str, Any]:
        first, last = self.told[0], self.told[-1]
        costs = self.flat("cost", "channels", "purposes", "costs")
        written_in = dict(zip(self.months, (told["cost_currency"] for told in self.told), strict=True))
        return {
            **last,
            **costs,
            **self.flat("paid", "kinds_paid", "percents"),
            "cost_currencies": [written_in[month] for month in costs["cost_months"]],
            "months": self.months,
            "currencies": self._currencies,
            "since": first["since"],
            "since_at": first["since_at"],
            "span": (last["day"] - first["since"]).days + 1,
            "customer": self.customer.pk,
            "low": self.customer.pk,
            "high": self.customer.pk + 1,
        }

    @property
    def _currencies(self) -> list[str]:
        return [told[self.customer.kind] for told in self.told]

    def rates(self, line: str, name: str) -> dict[str, Any]:
        """Those of the products of a line, month by month."""
        flat = self.flat("rate", "products", "lines", name)
        rows = [row for row in zip(*flat.values(), strict=True) if row[2] == line]
        wanted = dict(zip(self.months, self._currencies, strict=True))
        return {
            "rate_months": [row[0] for row in rows],
            "wanted": [wanted[row[0]] for row in rows],
            "rated": [row[1] for row in rows],
            "rates": [row[3] for row in rows],
        }
