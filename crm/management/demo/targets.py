"""What the managers of Shanghai and the branch are to reach this year."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.identity.models import Branch
from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from customers.models import Product
from managers.models import Target
from managers.targets.services import set_target

Kind = Target.Kind


def set_targets(*, bank: Bank, span: Span, at: datetime) -> int:
    """Of the year in which the next day lies, so that its period is not over."""
    year = at.year
    said: dict[str, Any] = {
        "since": date(year, 1, 1),
        "until": date(year + 1, 1, 1),
        "by": bank.staff["head"],
        "at": at,
    }
    annuity, branch = Product.objects.get(code="annuity"), Branch.objects.get(code="SH")
    for username, sales in (("manager", 12_000_000), ("manager2", 9_000_000), ("manager3", 3_000_000)):
        manager = bank.staff[username]
        set_target(manager=manager, kind=Kind.WON_AMOUNT, amount=Decimal(sales), **said)
        set_target(manager=manager, kind=Kind.NEW_CUSTOMERS, amount=Decimal(12), **said)
    set_target(manager=bank.staff["manager"], kind=Kind.WON_COUNT, product=annuity, amount=Decimal(4), **said)
    set_target(branch=branch, kind=Kind.NET_NEW_MONEY, amount=Decimal(20_000_000), **said)
    set_target(branch=branch, kind=Kind.WON_COUNT, amount=Decimal(60), **said)
    return 9
