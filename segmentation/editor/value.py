"""Value assumptions in a form: the discount, and a table each of rates, costs, losses, commissions and retention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Interaction, Product
from segmentation.builder import RuleForm
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Amount, Choice, Drawn, Field, Percent, draw, more, read
from segmentation.editor.problems import problems_of, value_problems
from segmentation.editor.rows import Row
from segmentation.value.assumptions import DEPOSITS, LOANS
from segmentation.value.saying import COLUMNS, LABELS

PATH = "value"


def _anything(choices: Iterable[tuple[str, Any]]) -> Any:
    offered = [("", "–"), *choices]
    return lambda: offered


def _products(*families: str) -> Any:
    return lambda: list(Product.objects.filter(family__in=families).order_by("name").values_list("code", "name"))


def _percent(name: str) -> Percent:
    return Percent(name, COLUMNS[name], unit="%", width="short")


HEAD: tuple[Field, ...] = (
    Percent(
        "discount_rate", _("Discount rate"), _("What a year discounts in the lifetime value."), unit="%", width="short"
    ),
    Field("currency", _("Currency"), _("Of the costs; empty is the bank's own."), width="short"),
)
SPAN: tuple[Field, ...] = (
    Field("from", _("From"), width="short"),
    Field("until", _("Until"), width="short"),
)
GROUPS: dict[str, tuple[Field, ...]] = {
    "rates": (
        Choice("product", COLUMNS["product"], choices=_products(*DEPOSITS, *LOANS)),
        *SPAN, _percent("customer_rate"), _percent("transfer_rate"),
    ),
    "costs": (
        Choice("channel", COLUMNS["channel"], choices=_anything(Interaction.Channel.choices)),
        Choice("purpose", COLUMNS["purpose"], choices=_anything(Interaction.Purpose.choices)),
        *SPAN, Amount("cost", COLUMNS["cost"], width="short"),
    ),
    "losses": (
        Choice("family", COLUMNS["family"], choices=_anything((str(each), each.label) for each in LOANS)),
        Choice("product", COLUMNS["product"], choices=_products(*LOANS)),
        *SPAN, _percent("pd"), _percent("lgd"),
    ),
    "commissions": (
        Field("kind", COLUMNS["kind"], width="short"),
        *SPAN, _percent("percent"),
    ),
    "retention": (
        Choice("tier", COLUMNS["tier"], choices=fields.tiers),
        Choice("kind", _("Customer kind"), choices=_anything(Customer.Kind.choices)),
        *SPAN, _percent("rate"),
    ),
}  # fmt: skip
ABOUT: dict[str, str | Promise] = {
    "rates": _("What the customer gets or pays in a year, and at what the treasury takes or gives the money."),
    "costs": _(
        "What a contact costs, by channel and purpose; the row that says more counts. What no row tells is not known."
    ),
    "losses": _("How many of a year default, and how much of the money is then lost."),
    "commissions": _("A share of each transaction of a kind that the bank earns on."),
    "retention": _("How many of a tier or kind of customer stay for a year."),
}


def beginning() -> dict[str, Any]:
    """What a first version begins with: the rates that stand on the products."""
    products = Product.objects.filter(
        family__in=(*DEPOSITS, *LOANS), customer_rate__isnull=False, transfer_rate__isnull=False
    )
    rates = [
        {"product": each.code, "customer_rate": f"{each.customer_rate:f}", "transfer_rate": f"{each.transfer_rate:f}"}
        for each in products.order_by("code")
    ]
    return {"discount_rate": "0.10", "rates": rates, "costs": [{"cost": "0.00"}]}


@dataclass(frozen=True)
class Group:
    word: str
    heading: str | Promise
    about: str | Promise
    rows: list[Row]


class ValueForm:
    """`content` is what a policy file says under "value", wrong texts included."""

    path = PATH
    template = "segmentation/editor/_value.html"
    rows: tuple = ()

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.tables = {word: _mappings(content.get(word)) for word in GROUPS}
        self.head = {key: value for key, value in content.items() if key not in GROUPS}

    @classmethod
    def read(cls, data: Any) -> "ValueForm":
        form = cls(read(data, PATH, HEAD))
        form.tables = {word: rows.read(data, word, asked) for word, asked in GROUPS.items()}
        return form

    def do(self, button: str) -> None:
        """A new row begins without anything."""
        for word, own in self.tables.items():
            if rows.press(own, word, button, {}):
                return

    @property
    def content(self) -> dict[str, Any]:
        return self.head | {word: own for word, own in self.tables.items() if own}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        return problems_of(value_problems(self.content), {})

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(HEAD, self.head, PATH, PATH, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, HEAD)

    @property
    def groups(self) -> list[Group]:
        return [Group(word, LABELS[word], ABOUT[word], self._drawn(word)) for word in GROUPS]

    def _drawn(self, word: str) -> list[Row]:
        pairs: list[tuple[dict[str, Any], RuleForm | None]] = [(row, None) for row in self.tables[word]]
        return rows.drawn(pairs, word, f"{PATH}.{word}", self.problems, rows.remembered(GROUPS[word]))


def _mappings(written: Any) -> list[dict[str, Any]]:
    return [dict(row) if isinstance(row, Mapping) else {} for row in (written if isinstance(written, list) else [])]
