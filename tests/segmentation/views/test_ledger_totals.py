"""Ledger totals equal the drill-down for any filter: the page's, REST's, and the sum of the entries that are listed."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from segmentation.filters import WaiverFilter
from segmentation.models import Posting, PostingBatch, WaiverEntry
from segmentation.sums import totals
from tests.factories import (
    AccountFactory,
    BranchFactory,
    CustomerFactory,
    FeeChargeFactory,
    FeeTypeFactory,
    TierFactory,
    WaiverEntryFactory,
)

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 31)]
FILTERS = st.fixed_dictionaries({}, optional={
    "customer": st.sampled_from(["C0", "C1", "nobody"]),
    "fee": st.sampled_from(["statement", "transfer"]),
    "tier": st.sampled_from(["mass", "gold"]),
    "currency": st.sampled_from(["CNY", "USD"]),
    "branch": st.sampled_from(["EAST", "WEST"]),
    "origin": st.sampled_from(["night", "by_hand", "reversal", "correction"]),
    "exemption": st.sampled_from(["payroll", "tier"]),
    "posting": st.sampled_from(["waiting", "posted", "refused", "open"]),
    "charged_on_min": st.sampled_from(DAYS).map(str),
    "charged_on_max": st.sampled_from(DAYS).map(str),
})  # fmt: skip


@pytest.fixture
def ledger(manager) -> None:
    """Forty entries of every make: two customers, branches, fees, tiers and currencies; some taken back, some sent."""
    numbers = count(1)
    batch = PostingBatch.objects.create(value_date=DAYS[0])
    for place in range(28):
        branch = BranchFactory(code=("EAST", "WEST")[place % 2])
        customer = CustomerFactory(number=f"C{place}", manager=manager, branch=branch)
        account = AccountFactory(holder=customer, currency=("CNY", "CNY", "USD")[place % 3])
        fee = FeeTypeFactory(code=("statement", "transfer")[place // 2 % 2])
        charge = FeeChargeFactory(account=account, fee=fee, charged_on=DAYS[place % 3], amount=Decimal("30.00"))
        given = {"customer": customer, "charge": charge, "tier": TierFactory(gold=place % 4 < 2)}
        spared = {
            "waived": Decimal(place) + Decimal("0.37"),
            "exemption": ("", "", "payroll")[place % 3 if place % 5 else 0],
        }
        entry = WaiverEntryFactory(number=next(numbers), **given, **spared)
        if place % 3 == 1:
            back = {"waived": -entry.waived, "reverses": entry, "exemption": entry.exemption}
            WaiverEntryFactory(number=next(numbers), **given, **back)
        if place % 4 == 0:
            posted = {"state": "posted", "posted_on": DAYS[0], "answered_at": batch.sent_at}
            Posting.objects.create(entry=entry, batch=batch, **(posted if place % 8 else {}))


@settings(max_examples=max(settings.default.max_examples // 4, 50))
@given(asked=FILTERS)
def test_totals_are_the_sums_of_the_rows_of_any_filter(ledger, asked: dict) -> None:
    rows = list(WaiverFilter(asked, queryset=WaiverEntry.objects.all()).qs)
    found = {
        each.currency: (each.entries, each.waived, each.reversed, each.net)
        for each in totals(WaiverFilter(asked, queryset=WaiverEntry.objects.all()).qs)
    }
    assert found == {
        currency: (
            len(own), sum(each.waived for each in own if each.reverses_id is None),
            sum(each.waived for each in own if each.reverses_id is not None), sum(each.waived for each in own),
        )
        for currency in {row.currency for row in rows}
        if (own := [row for row in rows if row.currency == currency])
    }  # fmt: skip


@pytest.mark.parametrize("asked", [
    {}, {"tier": "gold", "charged_on_min": "2026-03-01"}, {"origin": "reversal"}, {"branch": "EAST", "currency": "USD"},
    {"exemption": "payroll", "fee": "transfer"}, {"posting": "waiting", "customer": "C4"},
])  # fmt: skip
def test_page_rest_and_drill_down_say_the_same(ledger, manager, signed_in, api, asked) -> None:
    page = signed_in(manager).get("/waivers/", asked).context
    client: APIClient = api(manager)
    said = client.get("/api/v1/waivers/totals/", asked).json()
    listed = client.get("/api/v1/waivers/", asked | {"page_size": 200}).json()["results"]

    on_page = [(each.currency, each.entries, f"{each.net:.2f}") for each in page["totals"]]
    assert on_page == [(each["currency"], each["entries"], each["net"]) for each in said]
    for each in said:
        own = [Decimal(row["waived"]) for row in listed if row["currency"] == each["currency"]]
        assert (len(own), sum(own)) == (each["entries"], Decimal(each["net"]))
        assert Decimal(each["waived"]) + Decimal(each["reversed"]) == Decimal(each["net"])
    assert len(listed) == sum(each["entries"] for each in said)


def test_totals_are_within_the_reach(ledger, manager2, api) -> None:
    assert api(manager2).get("/api/v1/waivers/totals/").json() == []


def test_a_long_list_is_summed_when_asked(ledger, manager, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("segmentation.views.ledger.COUNT_CAP", 0)
    client = signed_in(manager)
    assert client.get("/waivers/").context["totals"] == []
    assert (
        sum(each.entries for each in client.get("/waivers/?totals=1").context["totals"]) == WaiverEntry.objects.count()
    )
