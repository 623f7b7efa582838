"""What a customer holds, for the pages: month averages, last balances, accounts with their subtotals."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db.models import OuterRef, QuerySet, Subquery

from crm.base.sql import rows_of
from customers.models import Account, AccountHolder, Balance, BalanceMonth, Customer, Product

MONTHS = Path(__file__).parent / "sql" / "months_of_customer.sql"
SHOWN = 15
PAYING = (AccountHolder.Role.OWNER, AccountHolder.Role.JOINT)
# in SQL of a holder `h` who is the customer `c`: whether the fees of the account are theirs
PAYS = """(h.role IN ('owner', 'joint') AND NOT EXISTS (
    SELECT FROM customers_accountholder o JOIN customers_customer b ON b.id = o.customer_id
    WHERE o.account_id = h.account_id AND o.role IN ('owner', 'joint')
      AND (o.role <> 'owner', -o.share, b.number) < (h.role <> 'owner', -h.share, c.number)))"""


@dataclass(frozen=True)
class Month:
    month: date
    through: date
    average: Decimal
    closing: Decimal
    accounts: int


@dataclass(frozen=True)
class Course:
    """The month averages in one currency, oldest first; never empty."""

    currency: str
    months: list[Month]

    @property
    def last(self) -> Month:
        return self.months[-1]

    @property
    def change(self) -> Decimal | None:
        """Last average against the one a year before, as a fraction; None where there is nothing to compare with."""
        year_ago = [one for one in self.months if (one.month.year + 1, one.month.month) == _of(self.last)]
        if not year_ago or year_ago[0].average <= 0:
            return None
        return self.last.average / year_ago[0].average - 1


def _of(month: Month) -> tuple[int, int]:
    return month.month.year, month.month.month


def courses(customer: Customer, *, months: int = SHOWN) -> list[Course]:
    """One per currency, the one with the most accounts first; one query. The customer's share of each account counts."""
    rows = rows_of(MONTHS, customer=customer.pk, families=list(Product.ASSETS), months=months)
    by_currency: dict[str, list[Month]] = defaultdict(list)
    for row in rows:
        by_currency[row.pop("currency")].append(Month(**row))
    found = [Course(currency, list_) for currency, list_ in by_currency.items()]
    return sorted(found, key=lambda course: (-course.last.accounts, course.currency))


@dataclass(frozen=True)
class Pile:
    """The holdings in one currency. `assets` and `debts` are sums of the customer's share."""

    currency: str
    holdings: list[AccountHolder]
    assets: Decimal
    debts: Decimal


def holdings_of(customer: Customer, on: date | None = None) -> QuerySet[AccountHolder]:
    """The customer's holdings with account, product, and `balance` and `balance_on` of the last report.

    With a day: the accounts that were open at its end, and the last report of then. Who holds them is as of today.
    """
    rows = AccountHolder.objects.filter(customer=customer).select_related(
        "account__product", "account__branch", "account__term"
    )
    if on is None:
        last = BalanceMonth.objects.filter(account_id=OuterRef("account_id")).order_by("-month")
        rows = rows.annotate(
            balance=Subquery(last.values("closing")[:1]), balance_on=Subquery(last.values("last_on")[:1])
        )
    else:
        then = Balance.objects.filter(account_id=OuterRef("account_id"), on__lte=on).order_by("-on")
        rows = rows.filter(account__opened_on__lte=on).exclude(account__closed_on__lte=on)
        rows = rows.annotate(balance=Subquery(then.values("amount")[:1]), balance_on=Subquery(then.values("on")[:1]))
    return rows.order_by("account__currency", "account__number")


def piles(customer: Customer, on: date | None = None) -> list[Pile]:
    by_currency: dict[str, list[AccountHolder]] = defaultdict(list)
    for holding in holdings_of(customer, on):
        by_currency[holding.account.currency].append(holding)
    return [Pile(currency, rows, *_sums(rows)) for currency, rows in by_currency.items()]


def balances_of(customers: list[int]) -> dict[str, dict[int, Decimal]]:
    """The last balances of deposits, funds and insurances that are open: by currency, each customer's share; one query."""
    last = BalanceMonth.objects.filter(account_id=OuterRef("account_id")).order_by("-month")
    rows = AccountHolder.objects.filter(
        customer__in=customers, account__product__family__in=Product.ASSETS, account__closed_on=None
    ).annotate(balance=Subquery(last.values("closing")[:1]))
    sums: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for currency, customer, share, balance in rows.values_list("account__currency", "customer", "share", "balance"):
        sums[currency][customer] += (balance or Decimal(0)) * share
    return sums


def _sums(rows: list[AccountHolder]) -> tuple[Decimal, Decimal]:
    assets = debts = Decimal(0)
    for row in rows:
        amount = (row.balance or Decimal(0)) * row.share
        if row.account.product.family in Product.ASSETS:
            assets += amount
        else:
            debts += amount
    return assets, debts


def charged_to(customer: Customer) -> list[int]:
    """The accounts whose fees are this customer's: the owner's, else of the joint holders the highest share's."""
    own = AccountHolder.objects.filter(customer=customer).values("account_id")
    holders = AccountHolder.objects.filter(account_id__in=own, role__in=PAYING).select_related("customer")
    first: dict[int, AccountHolder] = {}
    for holder in sorted(holders, key=_precedence):
        first.setdefault(holder.account_id, holder)
    return [account for account, holder in first.items() if holder.customer_id == customer.pk]


def payer_of(account: Account) -> Customer | None:
    """Whose the fees of an account are; None where nobody owns it."""
    holders = account.holders.filter(role__in=PAYING).select_related("customer")
    first = min(holders, key=_precedence, default=None)
    return first.customer if first else None


def _precedence(holder: AccountHolder) -> tuple[bool, Decimal, str]:
    return holder.role != AccountHolder.Role.OWNER, -holder.share, holder.customer.number
