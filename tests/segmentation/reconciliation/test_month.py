"""The ledger against the fee feed: gross = net + waived, sent = posted + refused + open, and each difference is listed."""

from datetime import date
from decimal import Decimal

import pytest

from customers.feeds import close
from customers.models import AccountHolder, FeeCharge
from segmentation.outbox.services import answer, send
from segmentation.reconciliation.services import controls, lines
from tests.factories import BranchFactory, FeeChargeFactory, FeeTypeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
FEBRUARY, D1, D2 = date(2026, 2, 1), date(2026, 2, 10), date(2026, 2, 11)


@pytest.fixture
def bank(head) -> list[FeeCharge]:
    """Four charges of 30.00 of which a tenth is waived; two on accounts of the head's branch, two of another."""
    policy(("mass", None, 0), lines=[{"tier": "mass", "fee": "statement", "percent": "0.10"}])
    found, fee = [], FeeTypeFactory(code="statement")
    for place, branch in enumerate([head.branch, head.branch, BranchFactory(code="FAR"), BranchFactory(code="FAR")]):
        payer = customer_with({date(2026, 1, 1): "100"}, number=f"C{place}", branch=branch)
        account = payer.holdings.get().account
        type(account).objects.filter(pk=account.pk).update(branch=branch)
        charge = {"account": account, "fee": fee, "charged_on": D1, "amount": Decimal("30.00"), "number": f"F{place}"}
        found.append(FeeChargeFactory(**charge))
    nights(D1, D1)
    return found


def said(user) -> dict[str, tuple]:
    return {
        line.branch_code: (line.charges, line.gross, line.waived, line.net, line.differences)
        for line in lines(FEBRUARY, user)
    }


def test_gross_is_net_and_waived_per_fee_and_branch(bank, auditor, admin, head):
    near = (2, 60, 6, 54, 0)
    assert said(auditor) == said(admin) == {head.branch.code: near, "FAR": near}
    assert said(head) == {head.branch.code: near}
    assert all(line.balances for line in lines(FEBRUARY, auditor))


def test_what_was_sent_is_posted_refused_or_open(bank, auditor, admin):
    send(value_date=D2, by=admin)
    rows = [
        {"entry": 1, "state": "posted", "posted_on": "2026-02-11"},
        {"entry": 2, "state": "refused", "reason": "Closed"},
    ]
    answer(rows=rows, by=admin)
    late = FeeChargeFactory(account=bank[0].account, fee=bank[0].fee, charged_on=D2, amount=Decimal("10.00"))
    nights(D2, D2)

    first, second = sorted(lines(FEBRUARY, auditor), key=lambda line: -line.gross)

    assert (first.posted, first.refused, first.open, first.unsent) == (3, 3, 0, 1) and late.pk
    assert (second.posted, second.refused, second.open, second.unsent) == (0, 0, 6, 0)
    assert first.balances and second.balances


def test_each_difference_is_told_and_listed(bank, admin, auditor, signed_in, api):
    AccountHolder.objects.filter(account=bank[0].account).delete()
    FeeCharge.objects.filter(pk=bank[1].pk).update(amount=Decimal("40.00"))
    FeeCharge.objects.filter(pk=bank[2].pk).update(waived=Decimal("1.00"))
    FeeCharge.objects.filter(pk=bank[3].pk).update(assessed_on=None)
    expected = {"F0": "no_payer", "F1": "changed", "F2": "unbalanced", "F3": "untaken"}

    page = signed_in(auditor).get("/waiver-reconciliation/?month=2026-02")
    listed = signed_in(auditor).get("/waiver-reconciliation/charges/?month=2026-02&difference=any")

    assert {row.number: row.difference for row in listed.context["shown"].rows} == expected
    assert "4 charges differ" in page.content.decode() and "does not balance" in page.content.decode()
    for kind in expected.values():
        one = signed_in(auditor).get(f"/waiver-reconciliation/charges/?month=2026-02&difference={kind}")
        assert [row.difference for row in one.context["shown"].rows] == [kind]
    rest = api(auditor).get("/api/v1/waiver-reconciliation/?month=2026-02").json()
    assert sum(row["differences"] for row in rest) == 4 and {row["balances"] for row in rest} == {True, False}


def test_the_drill_down_equals_its_line(bank, admin, signed_in):
    client = signed_in(admin)
    for line in client.get("/waiver-reconciliation/?month=2026-02").context["lines"]:
        asked = f"month=2026-02&fee={line.fee_code}&branch={line.branch_code}&currency={line.currency}"
        page = client.get(f"/waiver-reconciliation/charges/?{asked}")
        rows = page.context["shown"].rows
        assert (len(rows), sum(row.amount for row in rows), sum(row.waived for row in rows)) == (
            line.charges, line.gross, line.waived,
        )  # fmt: skip
        assert bank[0].account.number not in page.content.decode(), "an admin sees no account"


def test_control_figures_are_compared_with_what_is_there_now(bank, admin, auditor, head, signed_in):
    close(kind="fees", through=D1, by=admin, rows=4, total=Decimal("120.00"))
    assert [each.fits for each in controls(FEBRUARY)] == [True]

    FeeCharge.objects.filter(pk=bank[3].pk).update(amount=Decimal("29.00"))

    assert [(each.rows_now, each.total_now, each.fits) for each in controls(FEBRUARY)] == [
        (4, Decimal("119.00"), False)
    ]
    assert "rows missing or changed" in signed_in(auditor).get("/waiver-reconciliation/?month=2026-02").content.decode()
    assert "Control figures" not in signed_in(head).get("/waiver-reconciliation/?month=2026-02").content.decode()


def test_a_month_that_is_none_is_the_data_dates_on_a_page_and_refused_over_rest(bank, auditor, signed_in, api):
    assert signed_in(auditor).get("/waiver-reconciliation/?month=x").context["month"] == FEBRUARY
    assert api(auditor).get("/api/v1/waiver-reconciliation/?month=x").status_code == 400
    assert len(api(auditor).get("/api/v1/waiver-reconciliation/").json()) == 2
