"""What the value of a customer is reckoned with, as it stands in a policy file under "value"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer, Interaction, Product
from segmentation import checks
from segmentation.rules.validation import refuse
from segmentation.stored import Stored
from segmentation.value import series
from segmentation.value.series import Figure, Row, Shape

RATE = re.compile(r"-?0(\.\d{1,6})?", re.ASCII)
FRACTION = re.compile(r"0(\.\d{1,6})?|1(\.0{1,6})?", re.ASCII)
AMOUNT = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
A_RATE = gettext_lazy('a yearly rate as a fraction, such as "0.0210" for 2.1 percent, belongs here.')
A_FRACTION = gettext_lazy('a fraction as a string, such as "0.10" for 10 percent, belongs here.')
AN_AMOUNT = gettext_lazy('an amount as a string, such as "30.00", belongs here.')
# the families that bring a margin; all others bring commissions and fees
DEPOSITS = (Product.Family.DEPOSIT,)
LOANS = (Product.Family.LOAN, Product.Family.MORTGAGE)

RATES = Shape(
    "rates", ("product",), (Figure("customer_rate", RATE, A_RATE), Figure("transfer_rate", RATE, A_RATE)), ("product",)
)
COSTS = Shape("costs", ("channel", "purpose"), (Figure("cost", AMOUNT, AN_AMOUNT),))
LOSSES = Shape(
    "losses", ("product", "family"), (Figure("pd", FRACTION, A_FRACTION), Figure("lgd", FRACTION, A_FRACTION))
)
COMMISSIONS = Shape("commissions", ("kind",), (Figure("percent", FRACTION, A_FRACTION),), ("kind",))
RETENTION = Shape("retention", ("tier", "kind"), (Figure("rate", FRACTION, A_FRACTION),))
SHAPES = (RATES, COSTS, LOSSES, COMMISSIONS, RETENTION)
KEYS = {"currency", "discount_rate", *(shape.name for shape in SHAPES)}
# by table and column: the words that may stand there
WORDS: Mapping[tuple[str, str], list[str]] = {
    ("costs", "channel"): list(Interaction.Channel.values),
    ("costs", "purpose"): list(Interaction.Purpose.values),
    ("losses", "family"): [str(family) for family in LOANS],
    ("retention", "kind"): list(Customer.Kind.values),
}


@dataclass(frozen=True)
class Assumptions:
    """Costs are in `currency`; the discount rate and all others are yearly fractions."""

    currency: str
    discount_rate: Decimal
    tables: Mapping[str, tuple[Row, ...]]

    @classmethod
    def parse(cls, content: Any, *, path: str = "value") -> "Assumptions":
        """Raises RuleBroken with the path of what is wrong."""
        checks.known_keys(content, KEYS, path)
        currency = content.get("currency", settings.CRM_BASE_CURRENCY)
        checks.currency(currency, f"{path}.currency")
        discount = Figure("discount_rate", FRACTION, A_FRACTION).parse(content, path)
        tables = {
            shape.name: series.parse(shape, content.get(shape.name, []), f"{path}.{shape.name}") for shape in SHAPES
        }
        for shape in SHAPES:
            _check_words(shape, tables[shape.name])
        for row in tables["retention"]:
            if row.figures[0] - discount >= 1:
                refuse(f"{row.path}.rate", _("nobody leaves and nothing is discounted: the value would have no end."))
        return cls(currency, discount, tables)

    def at(self, name: str, month: date) -> dict[series.Key, tuple[Decimal, ...]]:
        """The rows of a table that hold in a month."""
        return series.at(self.tables[name], month)


def _check_words(shape: Shape, rows: tuple[Row, ...]) -> None:
    for row in rows:
        for name, value in zip(shape.keys, row.key, strict=True):
            if value and (shape.name, name) in WORDS:
                checks.one_of(value, WORDS[shape.name, name], f"{row.path}.{name}")


assumptions_of = Stored(Assumptions.parse, most=64).parsed
