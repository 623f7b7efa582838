"""What was noted of a company is told as it was said by the day: corrected, ended or noted since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from customers.companies.parties import correct_party
from customers.companies.services import correct
from customers.past import around
from customers.past.reading import Past
from tests.customers.past.conftest import AFTER, BEFORE, DAY
from tests.factories import CompanyRelationFactory, CreditLimitFactory, GuaranteeFactory

pytestmark = pytest.mark.django_db
NEXT = AFTER + timedelta(days=1)


def test_what_was_noted_later_and_corrected_is_told_as_it_was_first(firm, manager, told) -> None:
    limit = CreditLimitFactory(customer=firm, noted_at=AFTER)
    for days, amount in ((1, 8_000_000), (2, 9_000_000)):
        correct(limit, amount=Decimal(amount), by=manager, at=AFTER + timedelta(days=days))

    page = told(manager, firm)

    assert "5,000,000.00 CNY" in page and "noted only on 20 Apr 2026 · corrected later" in page
    assert "8,000,000.00" not in page and "9,000,000.00" not in page


def test_an_end_that_came_after_the_day_corrects_nothing(firm, manager, told) -> None:
    limit = CreditLimitFactory(customer=firm)
    correct(limit, until=date(2026, 4, 15), by=manager, at=AFTER)

    page = told(manager, firm)

    assert "5,000,000.00 CNY" in page and "end noted later: 15 Apr 2026" in page and "corrected later" not in page
    (row,) = around.limits_of(Past(firm, DAY, manager)).limits
    assert (row.until, row.ended, row.corrected, row.later) == (None, date(2026, 4, 15), False, False)


def test_an_end_that_was_by_the_day_is_a_correction(firm, manager) -> None:
    limit = CreditLimitFactory(customer=firm)
    correct(limit, until=DAY, by=manager, at=AFTER)
    (row,) = around.limits_of(Past(firm, DAY, manager)).limits
    assert (row.until, row.ended, row.corrected) == (None, None, True)


def test_a_remark_is_no_correction(firm, manager, told) -> None:
    relation = CompanyRelationFactory(customer=firm)
    correct(relation, remark="Seen at the site", by=manager, at=AFTER)
    assert "corrected later" not in told(manager, firm)
    correct(relation, function="Chief engineer", by=manager, at=NEXT)
    assert "corrected later" in told(manager, firm)


def test_what_held_that_day_only_in_its_later_version_did_not_stand(firm, manager) -> None:
    limit = CreditLimitFactory(customer=firm, since=date(2026, 4, 1), noted_at=BEFORE)
    correct(limit, since=date(2026, 3, 1), by=manager, at=AFTER)
    assert around.limits_of(Past(firm, DAY, manager)).limits == []


def test_a_party_outside_the_bank_has_its_name_of_then(firm, manager, told) -> None:
    relation = CompanyRelationFactory(customer=firm, party=None, outsider__name="Erly Holding", abroad=True)
    GuaranteeFactory(customer=firm, party=None, outsider=relation.outsider)
    for name, at in (("Early Holding", AFTER), ("Early Holding AG", NEXT)):
        correct_party(party=relation.outsider, name=name, reason="Mistyped", by=manager, at=at)

    page = told(manager, firm)

    assert page.count("Erly Holding") == 2 and page.count("corrected later") == 2 and "Early" not in page
    assert told(manager, firm, AFTER.date()).count("Early Holding DE") == 2
    assert told(manager, firm, NEXT.date()).count("Early Holding AG") == 2


def test_those_paid_hide_no_buyer(firm, manager, monkeypatch) -> None:
    monkeypatch.setattr(around, "MOST", 2)
    for _ in range(4):
        CompanyRelationFactory(customer=firm, employee=True)
    CompanyRelationFactory(customer=firm, employee=True, since=date(2026, 4, 1))
    CompanyRelationFactory(customer=firm, kind="buyer")
    CompanyRelationFactory(party=firm, kind="supplier")

    found = around.relations_of(Past(firm, DAY, manager))

    assert [line.relation.kind for line in found.lines] == ["employee", "employee", "buyer"]
    assert [line.relation.kind for line in found.companies] == ["supplier"] and found.more == 2
