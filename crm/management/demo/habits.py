"""Where people pay, what they owe on their cards, and which payments stand: told without dice, so that nobody's story changes."""

from zlib import crc32

from crm.management.demo.ledger import AccountBook, Move
from customers.models import Account, StandingOrder, Transaction

Channel = Transaction.Channel
HOME = "CN"
ABROAD = ("JP", "TH", "GB", "US", "HK")
ONLINE_SHOPS = ("京东商城", "滴滴出行", "12306")
CHANNELS = {"card": Channel.TERMINAL, "utility": Channel.ONLINE, "transfer": Channel.ONLINE, "exchange": Channel.ONLINE}
PURPOSES = ("rent", "family", "savings")


def _dice(text: str, sides: int) -> int:
    return crc32(text.encode()) % sides


def place_of(account: str, move: Move) -> tuple[str, str]:
    """Channel and country of a move; of what the bank books by itself neither is told."""
    if move.cents > 0 or move.kind in Transaction.BY_BANK:
        return "", ""
    if move.kind == "cash":
        return (Channel.MACHINE, Channel.BRANCH)[_dice(f"{account}{move.on}", 3) == 0], HOME
    if move.counterparty == "University":
        return Channel.ONLINE, "US"
    # every ninth customer travels, and pays every third bill there
    if move.kind == "card" and _dice(account, 9) == 0 and _dice(f"{account}{move.on}{move.cents}", 3) == 0:
        return Channel.TERMINAL, ABROAD[_dice(account, len(ABROAD) * 9) // 9]
    return Channel.ONLINE if move.counterparty in ONLINE_SHOPS else CHANNELS.get(move.kind, Channel.BRANCH), HOME


def credit_card(number: str, branch: str, current: AccountBook, income: int) -> AccountBook | None:
    """For every third with a salary: a limit of two of them, drawn as it happens."""
    if not income or _dice(number, 3):
        return None
    limit = round(income * 2, -3) * 100
    drawn = limit * (1 + _dice(f"{number}drawn", 97)) // 100
    return AccountBook(
        f"62{number}90", "card", "CNY", branch, current.opened_on, -drawn, list(current.holders), credit_limit=limit
    )


def order_payments() -> int:
    """Every seventh current account has a standing order."""
    found = Account.objects.filter(product__code="current", currency="CNY", closed_on=None).order_by("number")
    orders = []
    for pk, number in found.values_list("pk", "number"):
        if _dice(f"{number}order", 7) == 0:
            purpose = PURPOSES[_dice(number, len(PURPOSES))]
            amount = 500 + 100 * _dice(f"{number}amount", 40)
            orders.append(StandingOrder(number=f"S{number}", account_id=pk, amount=amount, purpose=purpose))
    return len(StandingOrder.objects.bulk_create(orders))
