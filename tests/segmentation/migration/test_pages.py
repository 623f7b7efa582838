"""The tier migration report: rows sum to the opening, columns to the closing; who sees what of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from crm.audit.models import Event
from crm.identity.models import User
from customers.masking import pseudonym
from customers.models import Account, Customer, ExchangeRate
from segmentation.migration.figures import Source, asked
from segmentation.migration.matrix import Matrix, report
from segmentation.models import Published
from tests.factories import AccountFactory, FeeChargeFactory
from tests.segmentation.night.bank import customer_with, deposit, nights, policy

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("gold", "200000", 0))
OPENING, CLOSING = date(2026, 2, 28), date(2026, 4, 30)
LINE = {"tier": "gold", "fee": "statement", "percent": "0.50"}


@pytest.fixture
def bank(manager: User, manager2: User) -> dict[str, Customer]:
    """From the end of February to the end of April, the last night. In the book of manager2: `rise` alone."""
    policy(*BANK, lines=[LINE])
    courses = {
        "stay": {date(2026, 1, 1): "250000"},
        "fall": {date(2026, 1, 1): "250000", date(2026, 3, 1): "100000"},
        "rise": {date(2026, 1, 1): "1000", date(2026, 3, 1): "300000"},
        "lost": {date(2026, 1, 1): "500"},
        "new": {date(2026, 3, 10): "700"},
    }
    found = {}
    for number, (name, balances) in enumerate(courses.items()):
        if name == "new":
            for day in (date(2026, 1, 1), date(2026, 1, 31), OPENING):
                nights(day, day)
        owner = manager2 if name == "rise" else manager
        found[name] = customer_with(balances, number=str(number), name=name, manager=owner, branch=owner.branch)
    for on, amount in ((OPENING, "99"), (date(2026, 3, 9), "30"), (CLOSING, "10")):
        FeeChargeFactory(account=account_of(found["stay"]), charged_on=on, amount=Decimal(amount))
    nights(date(2026, 3, 10), date(2026, 3, 10))
    nights(date(2026, 3, 31), date(2026, 3, 31))
    Customer.objects.filter(pk=found["lost"].pk).update(status="closed")
    nights(CLOSING, CLOSING)
    return found


def account_of(customer: Customer) -> Account:
    return Account.objects.get(holders__customer=customer)


def matrix(user: User, opening: date = OPENING, closing: date = CLOSING) -> Matrix:
    published = Published.objects.get()
    (found,) = report(opening=asked(opening, published), closing=asked(closing, published), user=user).matrices
    return found


def counts(found: Matrix) -> dict[tuple[str, str], int]:
    return {key: cell.customers for key, cell in found.cells.items() if cell.customers and "*" not in key}


def test_rows_sum_to_the_opening_and_columns_to_the_closing(bank, auditor):
    found = matrix(auditor)

    assert counts(found) == {
        ("gold", "gold"): 1, ("gold", "mass"): 1, ("mass", "gold"): 1, ("mass", "lost"): 1, ("new", "mass"): 1,
    }  # fmt: skip
    assert (found.opening, found.new, found.lost, found.closing) == (4, 1, 1, 4)
    assert [found.count(row, "*") for row in ("gold", "mass")] == [2, 2]
    assert [found.count("*", column) for column in ("gold", "mass")] == [2, 2]


def test_balances_are_of_both_days_and_revenue_is_net_of_waivers_between(bank, auditor):
    cells = matrix(auditor).cells

    stayed, fallen = cells["gold", "gold"].amounts, cells["gold", "mass"].amounts
    assert stayed == {"opening_balance": 250000, "closing_balance": 250000, "revenue": 20}
    assert (fallen["opening_balance"], fallen["closing_balance"]) == (250000, 100000)
    assert cells["*", "*"].amounts == {"opening_balance": 501500, "closing_balance": 651200, "revenue": 20}


@pytest.mark.parametrize(
    ("day", "of", "source"),
    [
        (OPENING, OPENING, Source.KEPT),
        (CLOSING, CLOSING, Source.PUBLISHED),
        (date(2026, 5, 1), CLOSING, Source.PUBLISHED),
        (date(2026, 3, 20), date(2026, 3, 20), Source.LAIN),
    ],
)
def test_the_page_knows_of_which_day_its_balances_are(bank, day, of, source):
    assert asked(day, Published.objects.get()) == asked(day, Published.objects.get())
    found = asked(day, Published.objects.get())
    assert (found.day, found.of, found.source) == (day, of, source)


def test_balances_of_a_day_without_facts_are_those_of_the_accounts(bank, auditor):
    kept = matrix(auditor, date(2026, 2, 28), date(2026, 3, 31)).cells["*", "*"].amounts["closing_balance"]
    lain = matrix(auditor, date(2026, 2, 28), date(2026, 4, 15)).cells["*", "*"].amounts["closing_balance"]

    assert kept == lain == 651200


def test_another_currency_is_turned_at_the_days_rate_and_counted_as_unknown_without_one(bank, auditor):
    FeeChargeFactory(account=_dollars(bank["stay"]), charged_on=date(2026, 4, 2), amount=Decimal("10"))

    without = matrix(auditor, OPENING, date(2026, 4, 15))
    for on in (date(2026, 4, 1), date(2026, 4, 13)):
        ExchangeRate.objects.create(on=on, currency="USD", rate=7)
    cache.clear()
    rated = matrix(auditor, OPENING, date(2026, 4, 15))

    assert without.unknown == 1 and rated.unknown == 0
    assert rated.cells["gold", "gold"].amounts["revenue"] == 15 + 70
    assert rated.cells["gold", "gold"].amounts["closing_balance"] == 250000 + 700


def test_the_answer_is_kept_for_a_scope_and_never_for_another(bank, manager, manager2, auditor):
    assert [matrix(user).count("*", "*") for user in (auditor, manager, manager2, auditor)] == [5, 4, 1, 5]


def _dollars(customer: Customer) -> Account:
    account = AccountFactory(holder=customer, currency="USD", opened_on=date(2026, 4, 1))
    deposit(account, {date(2026, 4, 1): "100"})
    return account


@pytest.mark.parametrize(("role", "n"), [("auditor", 5), ("admin", 5), ("manager", 4), ("head", 4), ("manager2", 1)])
def test_everybody_counts_the_own_reach(bank, role, n, request):
    assert matrix(request.getfixturevalue(role)).count("*", "*") == n


def test_an_admin_sees_no_amount_of_a_few_and_a_head_does(bank, admin, head):
    shown = {key for key, cell in matrix(admin).cells.items() if cell.customers and not cell.is_hidden}
    assert shown == {("*", "*")}
    assert not any(cell.is_hidden for cell in matrix(head).cells.values())


@pytest.mark.parametrize("measure", ["customers", "opening_balance", "closing_balance", "revenue"])
def test_the_page_shows_a_measure_and_leads_to_the_customers(bank, measure, head, admin, signed_in, queries):
    address = f"{reverse('tier_migration')}?opening={OPENING}&closing={CLOSING}&measure={measure}"
    client = signed_in(head)
    client.get(address)
    with queries("tier_migration"):
        shown = client.get(address).content.decode()

    assert "4 customers at the opening, 1 new, 1 lost, 3 at the closing." not in shown
    assert "3 customers at the opening, 1 new, 1 lost, 3 at the closing." in shown
    assert "28 Feb 2026" in shown and "the copy of the month end" in shown and "the published facts" in shown
    assert f"opening={OPENING}&amp;closing={CLOSING}&amp;kind=person&amp;before=gold&amp;after=mass" in shown
    hidden = signed_in(admin).get(address).content.decode()
    assert ("hidden</span>" in hidden) == (measure != "customers") and "fall" not in hidden


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [("gold", "mass", "fall"), ("new", "mass", "new"), ("mass", "lost", "lost"), ("*", "gold", "stay"),
     ("gold", "*", "fall stay"), ("*", "*", "fall lost new stay"), ("*", "lost", "lost"), ("mass", "gold", "")],
)  # fmt: skip
def test_a_cell_leads_to_its_customers_in_reach(bank, before, after, who, head, signed_in):
    query = f"?opening={OPENING}&closing={CLOSING}&kind=person&before={before}&after={after}"
    rows = signed_in(head).get(reverse("tier_migration_customers") + query).context["shown"].rows

    assert sorted(row.name for row in rows) == who.split()


def test_an_admin_gets_pseudonyms(bank, admin, signed_in):
    query = f"?opening={OPENING}&closing={CLOSING}&kind=person&before=gold&after=mass"
    client = signed_in(admin)
    shown = client.get(reverse("tier_migration_customers") + query).content.decode()
    taken = client.get(reverse("tier_migration_customers") + query + "&export=csv").getvalue().decode()

    for text in (shown, taken):
        assert pseudonym(bank["fall"].number) in text and "fall" not in text
    assert "customers/" not in shown.split('id="rows"')[1]
    assert client.get(reverse("tier_migration_customers") + "?kind=weather").status_code == 404
    assert client.get(reverse("tier_migration_customers") + "?opening=yesterday").status_code == 404


def test_the_report_is_taken_along_and_noted_without_what_is_hidden(bank, auditor, admin, signed_in):
    address = f"{reverse('tier_migration')}?opening={OPENING}&closing={CLOSING}&export="

    open_, closed = (signed_in(user).get(address + "csv").getvalue().decode().splitlines() for user in (auditor, admin))
    sheet = signed_in(auditor).get(address + "xlsx")

    assert "Person,Gold,Mass,1,250000.00,100000.00,0.00,CNY," in open_
    assert any(line.startswith("Person,Gold,Mass,1,,,,CNY,hidden") for line in closed)
    assert sheet["Content-Disposition"].endswith('tier-migration.xlsx"') and sheet.getvalue().startswith(b"PK")
    assert Event.objects.filter(kind=Event.Kind.EXPORT, data__what="tier migration.csv").count() == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [("opening=2026-04-30&closing=2026-02-28", "before the closing"), ("closing=2026-06-01", "decided through"),
     ("opening=yesterday", "valid date")],
)  # fmt: skip
def test_dates_that_make_no_report_are_said(bank, auditor, signed_in, query, said):
    page = signed_in(auditor).get(f"{reverse('tier_migration')}?{query}")

    assert said in page.content.decode() and page.context["report"] is None


def test_before_the_first_night_the_page_says_so(admin, signed_in):
    assert "No night has been published yet" in signed_in(admin).get(reverse("tier_migration")).content.decode()
