"""The waivers of a small bank as one would keep them on paper: a list per charge, caps by adding up, without SQL."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass
class Charge:
    """`taken` is the place in the order of the nights; `shares` are (payer, amount) of the policy, the last one standing."""

    number: int
    payer: int
    fee: str
    day: date
    amount: Decimal
    taken: int | None = None
    share: Decimal = Decimal(0)
    payee: int | None = None
    by_hand: Decimal = Decimal(0)
    hand_entry: bool = False
    is_decided: bool = False

    @property
    def waived(self) -> Decimal:
        return self.share + self.by_hand


@dataclass
class Paper:
    """`tiers` by payer; `policies` are (from, {(tier, fee): (percent, cap per fee, cap per month)}), the oldest first."""

    tiers: list[str]
    policies: list[tuple[date, dict]]
    charges: list[Charge] = field(default_factory=list)
    nights: int = 0

    def night(self, day: date) -> None:
        self.nights += 1
        due = [each for each in self.charges if each.taken is None and each.day <= day]
        for charge in sorted(due, key=lambda each: (each.day, each.number)):
            charge.taken = self.nights
            spent = sum(each.share for each in self._others(charge) if each.payee == charge.payer)
            charge.share, charge.payee = self._share(charge, spent), charge.payer

    def right(self) -> dict[int, Decimal]:
        """What is due of each charge that a night has taken and about which nobody decided, by its number."""
        found: dict[int, Decimal] = {}
        open_ones = [each for each in self.charges if each.taken is not None and not each.is_decided]
        for charge in sorted(open_ones, key=lambda each: (each.taken, each.day, each.number)):
            decided = [each.share for each in self._others(charge) if each.is_decided and each.payee == charge.payer]
            before = [
                found[each.number]
                for each in self._others(charge)
                if each.number in found and each.payer == charge.payer
            ]
            found[charge.number] = self._share(charge, sum(decided) + sum(before))
        return found

    def correct(self) -> bool:
        """Whether anything was to be corrected."""
        due, changed = self.right(), False
        for charge in self.charges:
            if charge.number not in due:
                continue
            moves = charge.share and charge.payee != charge.payer
            if due[charge.number] != charge.share or moves:
                charge.share, charge.payee, changed = due[charge.number], charge.payer, True
        return changed

    def _others(self, charge: Charge) -> list[Charge]:
        month = charge.day.replace(day=1)
        return [
            each
            for each in self.charges
            if each is not charge and each.fee == charge.fee and each.day.replace(day=1) == month
        ]

    def _share(self, charge: Charge, spent: Decimal | int) -> Decimal:
        lines: dict = next((lines for start, lines in reversed(self.policies) if start <= charge.day), {})
        line = lines.get((self.tiers[charge.payer], charge.fee))
        if line is None:
            return Decimal(0)
        percent, cap_per_fee, cap_per_month = line
        share = (charge.amount * percent).quantize(CENT, ROUND_HALF_UP)
        share = min(share, charge.amount - charge.by_hand, *([cap_per_fee] if cap_per_fee else []))
        return share if cap_per_month is None else min(share, max(cap_per_month - spent, Decimal(0)))
