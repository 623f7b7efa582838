"""Some customers hold an account together."""

from random import Random

from crm.management.demo.ledger import AccountBook
from crm.management.demo.people import Party
from crm.management.demo.stories import NAMED

TOGETHER = ("黄丽", "周强")
EVERY, AMOUNT = 40, 240_000


def share_accounts(parties: list[Party], *, seed: int) -> None:
    """A joint term account, half to each: for the two named ones, and for neighbours in the list here and there."""
    rng = Random(f"{seed}/couples")
    names = [named.name for named in NAMED]
    first = names.index(TOGETHER[0])
    if len(parties) > first + 1:
        _share(parties[first], parties[first + 1], AMOUNT)
    for left, right in zip(parties[len(names) :: EVERY], parties[len(names) + 1 :: EVERY], strict=False):
        if left.kind == right.kind == "person" and left.accounts and right.accounts:
            right.branch = left.branch
            _share(left, right, round(min(max(left.path), max(right.path)) * rng.uniform(0.05, 0.15), -2))


def _share(owner: Party, joint: Party, amount: float) -> None:
    number = f"62{owner.number}88"
    opened_on = max(owner.opened_on, joint.opened_on)
    book = AccountBook(number, "term", "CNY", owner.branch, opened_on, round(amount * 100))
    book.holders = [(owner.place, "owner", "0.5"), (joint.place, "joint", "0.5")]
    owner.accounts.append(book)
