"""What an advice says: the goal, the money, and the products that are proposed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from customers.models import Product


@dataclass(frozen=True)
class Line:
    """`amount` in the currency of the advice, or `percent` of the money: one of the two."""

    product: Product
    reason: str
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class Content:
    goals: str
    horizon_months: int
    amount: Decimal
    currency: str
    review_on: date
    lines: tuple[Line, ...]

    def written(self) -> dict[str, Any]:
        """As JSON."""
        lines = [
            {"product": line.product.code, "amount": _text(line.amount), "percent": _text(line.percent), "reason": line.reason}
            for line in self.lines
        ]  # fmt: skip
        said = {"amount": str(self.amount), "review_on": self.review_on.isoformat(), "lines": lines}
        return vars(self) | said

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """One query; without products that the bank no longer has."""
        codes = [line["product"] for line in written["lines"]]
        products = Product.objects.in_bulk(codes, field_name="code")
        lines = tuple(
            Line(products[line["product"]], line["reason"], _figure(line["amount"]), _figure(line["percent"]))
            for line in written["lines"]
            if line["product"] in products
        )
        known = {"amount": Decimal(written["amount"]), "review_on": date.fromisoformat(written["review_on"])}
        return cls(**dict(written) | known | {"lines": lines})


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure)


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
