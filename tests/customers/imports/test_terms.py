"""Until when money is bound: as the bank's file says it, as a page and REST tell it."""

import re
from datetime import date
from decimal import Decimal

import pytest

from customers.models import Term
from tests.customers.imports.conftest import codes
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HEAD = "account,matures_on,rate,at_end"


def test_a_term_comes_and_is_prolonged_by_the_next_file(bring, accounts) -> None:
    assert bring("terms", HEAD, "A1,2026-04-01,0.0185,renewed", "A2,20260501,,").rejected == 0
    assert bring("terms", HEAD, "A1,2026-04-01,0.018500,renewed").unchanged == 1
    assert bring("terms", HEAD, "A1,2027-04-01,0.0150,paid_out").accepted == 1

    terms = {term.account.number: (term.matures_on, term.rate, term.at_end) for term in Term.objects.all()}
    assert terms == {
        "A1": (date(2027, 4, 1), Decimal("0.015"), "paid_out"),
        "A2": (date(2026, 5, 1), None, ""),
    }


def test_a_term_that_cannot_be_is_refused_with_its_column(bring, accounts) -> None:
    AccountFactory(number="A9", opened_on=date(2026, 6, 1))
    result = bring(
        "terms", HEAD, "A9,2026-05-31,0.01,renewed", "A1,2026-04-01,1.85,renewed", "A2,2026-04-01,0.01,rolled",
        "NO,2026-04-01,0.01,", "J1,,0.01,",
    )  # fmt: skip

    assert codes(result) == [
        (2, "matures_on", "matures_before_opened"),
        (3, "rate", "too_large"),
        (4, "at_end", "choice"),
        (5, "account", "unknown_account"),
        (6, "matures_on", "required"),
    ]
    assert not Term.objects.exists()


def test_the_holdings_tell_it(client, bring, manager, own) -> None:
    account = AccountFactory(number="D1", holder=own.customer, opened_on=date(2025, 4, 1))
    client.force_login(manager)
    assert client.get(f"/api/v1/accounts/{account.pk}/").json()["term"] is None
    bring("terms", HEAD, "D1,2026-04-01,0.0185,renewed")

    told = client.get(f"/api/v1/accounts/{account.pk}/").json()["term"]
    assert told == {"matures_on": "2026-04-01", "rate": "0.018500", "at_end": "renewed"}
    page = client.get(f"/customers/{own.customer.pk}/?tab=holdings").content.decode()
    text = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "matures 1 Apr 2026 · Renewed" in text, text[-3000:]
