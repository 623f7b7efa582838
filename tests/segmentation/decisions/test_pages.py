"""The page of decisions, a day of the past, the letter, and the same over REST."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from crm.audit.models import Event
from crm.identity.models import User
from customers.models import Account, Customer
from segmentation.decisions.slot import page_of
from segmentation.explain import explain
from segmentation.models import TierPeriod
from tests.factories import FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3))
LINE = {"tier": "gold", "fee": "statement", "percent": "0.125", "cap_per_fee": "20.00", "currency": "CNY"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def spared(manager: User) -> Customer:
    """Gold since February, on watch since the end of it; 3.76 of a fee of 30.05 waived; as of 10 March."""
    policy(*BANK, lines=[LINE])
    balances = {date(2026, 1, 1): "250000", date(2026, 2, 1): "190000"}
    customer = customer_with(
        balances, number="7", name="王芳", manager=manager, branch=manager.branch, language="zh-hans"
    )
    account = Account.objects.get(holders__customer=customer)
    FeeChargeFactory(account=account, number="F1", charged_on=date(2026, 3, 9), amount=Decimal("30.05"))
    for day in ((1, 1), (1, 31), (2, 28), (3, 10)):
        nights(date(2026, *day), date(2026, *day))
    return customer


def address(customer: Customer, name: str = "customer_decisions") -> str:
    return reverse(name, args=[customer.pk])


def test_all_kinds_stand_in_one_list_newest_first(spared, manager, signed_in, queries):
    client = signed_in(manager)
    client.get(address(spared))
    with queries("customer_decisions"):
        page = client.get(address(spared))

    shown = page.content.decode()
    found = page.context["decisions"]
    assert [(each.kind, str(each.on)) for each in found] == [
        ("waiver", "2026-03-10"), ("tier", "2026-02-28"), ("tier", "2026-01-31"), ("tier", "2026-01-01"),
    ]  # fmt: skip
    assert "Up from Mass to Gold from 1 February 2026." in shown
    assert "on watch: below the level for 1 of 3 months" in shown
    assert "3.76 CNY waived" in shown and "Version 1 of the waiver policy" in shown
    assert "Gold:</span> Month average is at least 200,000.00 CNY" in shown


def test_the_list_narrows_to_a_kind_and_goes_on_as_one_scrolls(spared, manager, signed_in, monkeypatch):
    monkeypatch.setattr("segmentation.decisions.views.page_of", lambda *args, **words: page_of(*args, **words, limit=2))
    client = signed_in(manager)

    first = client.get(f"{address(spared)}?kind=tier")
    more = client.get(f"{address(spared)}?kind=tier&before={first.context['more']}", headers=HTMX)

    assert [str(each.on) for each in first.context["decisions"]] == ["2026-02-28", "2026-01-31"]
    assert [str(each.on) for each in more.context["decisions"]] == ["2026-01-01"]
    assert "<html" not in more.content.decode() and not more.context["more"]
    assert client.get(f"{address(spared)}?before=nonsense").status_code == 404
    assert Event.objects.filter(kind="read", data__what="decisions").count() == 1


def test_a_day_of_the_past_is_asked_in_a_box(spared, manager, signed_in):
    client = signed_in(manager)

    assert "Gold since 1 February 2026" in client.get(f"{address(spared)}?on=2026-03-03").content.decode()
    assert "No tier on this day" in client.get(f"{address(spared)}?on=2025-03-03").content.decode()
    assert Event.objects.filter(kind="read", data__what="why").count() == 2


def test_every_day_of_the_past_has_the_tier_that_held(spared):
    newcomer = customer_with({date(2026, 4, 5): "900000"}, number="8")
    nights(date(2026, 4, 30), date(2026, 4, 30))

    for customer, first in ((spared, date(2026, 1, 1)), (newcomer, date(2026, 4, 30))):
        for number in range((date(2026, 5, 9) - first).days):
            day = first + timedelta(days=number)
            period = TierPeriod.objects.filter(customer=customer).holding(day).get()
            said = explain(customer=customer, on=day)
            assert said and (said.tier, said.since) == (period.tier.code, period.since), day
            assert said.decision.business_date <= day


def test_the_letter_is_in_the_customers_language_and_in_the_one_asked_for(spared, manager, signed_in):
    client = signed_in(manager)
    letter = address(spared, "customer_letter")

    chinese = client.get(f"{letter}?on=2026-03-03").content.decode()
    english = client.get(f"{letter}?on=2026-03-03&language=en").content.decode()
    fee = client.get(f"{letter}?decision=waiver:F1&language=en").content.decode()

    assert 'lang="zh-hans"' in chinese and "2026年3月3日" in chinese and "Dear" not in chinese
    assert "On 3 March 2026 your tier is Gold, since 1 February 2026." in english
    assert "190,000.00 CNY" in english and "310,000.00 CNY more month average reaches Platinum" in english
    assert "Version 1 of the scheme “Person” applied." in english
    assert "3.76 CNY waived" in fee and "within 20.00 CNY a fee" in fee.lower().replace("cny", "CNY")
    assert "breaker" not in english.lower() and "night" not in english.split("<article")[1].split("</article>")[0]


def test_a_letter_is_an_export_of_the_trail(spared, manager, signed_in):
    signed_in(manager).get(f"{address(spared, 'customer_letter')}?decision=waiver:F1")

    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert (event.customer_id, event.data["what"]) == (spared.pk, "letter")
    assert event.data["parameters"]["about"] == "waiver:F1"


@pytest.mark.parametrize(
    "query", ["on=2020-01-01", "on=nonsense", "decision=tier:0", "decision=x", "decision=waiver:F9"]
)
def test_there_is_no_letter_about_nothing(spared, manager, signed_in, query):
    assert signed_in(manager).get(f"{address(spared, 'customer_letter')}?{query}").status_code == 404
    assert not Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_decisions_are_taken_along_and_noted(spared, manager, signed_in):
    lines = signed_in(manager).get(f"{address(spared)}?export=csv").getvalue().decode().splitlines()

    assert len(lines) == 5 and "3.76 CNY waived" in lines[1]
    assert Event.objects.get(kind=Event.Kind.EXPORT).customer_id == spared.pk


def test_rest_lists_all_kinds_with_the_fields_of_each(spared, manager, api):
    rest = f"/api/v1/customers/{spared.pk}/decisions/"
    rows = api(manager).get(rest).json()["results"]

    waiver, watch, *_earlier = rows
    assert (waiver["kind"], waiver["charge"], waiver["figures"]["waived"]) == ("waiver", "F1", "3.76")
    assert (watch["kind"], watch["outcome"], watch["tier"], watch["scheme_version"]) == ("tier", "watch", "gold", 1)
    assert watch["figures"] == {"aum_month_average": "190000.00"}
    assert [each["met"] for each in watch["predicates"]] == [False, False]
    first = api(manager).get(rest, {"kind": "tier", "page_size": 1}).json()
    assert [row["business_date"] for row in first["results"]] == ["2026-02-28"]
    assert [row["business_date"] for row in api(manager).get(first["next"]).json()["results"]] == ["2026-01-31"]
    assert api(manager).get(rest, {"kind": "weather"}).status_code == 400
