"""What became of the money of a customer since they were handed over."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from managers.models import Handover

# a fifth: from here on the manager has a task (todo/sql/handover_losses.sql)
FALL = Decimal("-0.20")


@dataclass(frozen=True)
class Change:
    """`share` is a fraction of the balance at the handover."""

    share: Decimal

    @property
    def said(self) -> str:
        percent = (self.share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{percent:+} %"

    @property
    def colour(self) -> str:
        return "red" if self.share <= FALL else "green" if self.share > 0 else "secondary"


def change_of(handover: Handover | Any) -> Change | None:
    """Needs `balance_now` (querysets). None where either balance is unknown or there was nothing."""
    if not handover.balance or handover.balance_now is None:
        return None
    return Change((handover.balance_now - handover.balance) / handover.balance)
