"""The tiers as one would keep them on paper: one customer at a time, without SQL, written apart from the night."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass
class Paper:
    """The sheet of one customer. `periods` are (tier, since); `tier` is None before the first night."""

    tier: str | None = None
    since: date | None = None
    months_below: int = 0
    came_up: bool = False
    fees: int = 0
    periods: list[tuple[str, date]] = field(default_factory=list)

    def night(self, scheme: dict, day: date, amount: int, *, closed: bool, overrides: list[dict]) -> None:
        """The whole night of one customer, whose average is `amount`."""
        names = [tier["code"] for tier in scheme["tiers"]]
        forced = {each["kind"]: names.index(each["tier"]) for each in overrides
                  if each["since"] <= day + timedelta(days=1) < each["until"] and each["tier"] in names}  # fmt: skip
        if self.tier is None:
            self._enter(names, scheme, day, amount, forced)
        else:
            stands = names.index(self.tier) if self.tier in names else -1
            self._stay_or_go(names, scheme, stands, day, amount, closed, forced)

    def _enter(self, names: list[str], scheme: dict, day: date, amount: int, forced: dict) -> None:
        self._put(names[0], day)
        deserved = earned(scheme, amount, -1) if is_review(scheme, day) else 0
        place = min(max(deserved, forced.get("grant", 0)), forced.get("cap", 99))
        if place:
            self.came_up = forced.get("grant", 0) <= deserved
            self._put(names[place], day + timedelta(days=1))

    def _stay_or_go(
        self, names: list[str], scheme: dict, stands: int, day: date, amount: int, closed: bool, forced: dict
    ) -> None:
        count, wants = self.months_below, stands
        if is_review(scheme, day):
            wants, count = self._reviewed(scheme, stands, day, amount, closed, forced)
        place = max(wants, forced.get("grant", -1), min(forced.get("hold", -1), stands))
        place = min(place, forced.get("cap", 99))
        if place < stands and not closed:
            return
        if place == stands:
            self.months_below = count
            return
        self.came_up = place > stands and forced.get("grant", -1) <= wants
        self.months_below = 0
        self._put(names[place], day + timedelta(days=1))

    def _reviewed(
        self, scheme: dict, stands: int, day: date, amount: int, closed: bool, forced: dict
    ) -> tuple[int, int]:
        """Where the rules would put the customer, and the months below if that is where they stand."""
        deserved = earned(scheme, amount, stands)
        if deserved >= stands:
            return deserved, 0
        if max(forced.get("grant", -1), forced.get("hold", -1)) >= stands:
            return stands, 0
        if not closed:
            return stands, self.months_below
        tier = scheme["tiers"][stands]
        if "below" in tier:
            # a cap takes the customer away, and the fee with them
            self.fees += forced.get("cap", 99) >= stands
            return stands, 0
        months = self.months_below + 1
        is_held = self.came_up and day + timedelta(days=1) < later(self.since, tier.get("hold_months", 0))
        falls = months >= tier.get("grace_months", 0) and not is_held
        return (deserved, 0) if falls else (stands, months)

    def _put(self, tier: str, since: date) -> None:
        self.tier, self.since = tier, since
        self.periods.append((tier, since))


def earned(scheme: dict, amount: int, stands: int) -> int:
    best = 0
    for place, tier in enumerate(scheme["tiers"][1:], start=1):
        figure: Any = points(scheme, amount) if "points" in scheme else amount
        if figure >= int(tier["when"]["value"]) and (place == stands or not tier.get("by_invitation")):
            best = place
    return best


def points(scheme: dict, amount: int) -> int:
    line = scheme["points"][0]
    return min(max(amount, 0) // int(line["per"]) * line["points"], line["at_most"])


def is_review(scheme: dict, day: date) -> bool:
    if scheme["review"] == "monthly":
        return day.day == monthrange(day.year, day.month)[1]
    return f"{day:%m-%d}" in scheme["review"]["dates"]


def later(day: date | None, months: int) -> date:
    assert day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
