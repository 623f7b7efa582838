"""The pages of tiers and waivers, and what they put on the customer's page."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from crm.audit.models import Event
from customers.models import Account, Customer
from segmentation.models import TierPeriod
from segmentation.outlook import outlook_of
from segmentation.panels import MOVES, SPARED
from tests.factories import CustomerFactory, FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3))
LINE = {"tier": "gold", "fee": "statement", "percent": "0.125", "cap_per_fee": "20.00", "currency": "CNY"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def spared(manager) -> Customer:
    """Gold since February, on watch since the end of it; 3.76 of a fee of 30.05 waived; as of 10 March."""
    policy(*BANK, lines=[LINE])
    balances = {date(2026, 1, 1): "250000", date(2026, 2, 1): "190000", date(2026, 3, 1): "462000"}
    customer = customer_with(balances, number="7", name="王芳", manager=manager, branch=manager.branch)
    account = Account.objects.get(holders__customer=customer)
    FeeChargeFactory(account=account, charged_on=date(2026, 3, 9), amount=Decimal("30.05"))
    for day in ((1, 1), (1, 31), (2, 28), (3, 10)):
        nights(date(2026, *day), date(2026, *day))
    return customer


def page(client, address: str, *args, **options) -> str:
    answer = client.get(reverse(address, args=args), **options)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_customers_page_shows_tier_watch_average_and_the_gap(spared, manager, signed_in):
    shown = page(signed_in(manager), "customer", spared.pk)

    assert "Gold</span>" in shown and "Watch 1 of 3" in shown and "why?" in shown
    assert "462,000.00" in shown
    assert "38,000.00 CNY more month average reaches Platinum on 1 April." in shown
    assert "the tier falls on 1 May" in shown


def test_before_the_first_night_the_page_says_nothing_of_tiers(manager, signed_in):
    customer = CustomerFactory(manager=manager)

    shown = page(signed_in(manager), "customer", customer.pk)

    assert "why?" not in shown and outlook_of(customer) is None


def test_a_month_that_reaches_the_next_tier_says_from_when(spared):
    outlook = outlook_of(Customer.objects.get(pk=spared.pk))
    assert outlook and outlook.next_step

    assert (outlook.next_step.tier, outlook.next_step.missing, outlook.amount) == ("platinum", 38000, 462000)
    assert outlook.as_of == date(2026, 3, 10)


def test_why_is_a_panel_for_htmx_and_a_page_for_the_browser(spared, manager, signed_in):
    client = signed_in(manager)

    panel = page(client, "customer_why", spared.pk, headers=HTMX)
    whole = page(client, "customer_why", spared.pk)

    for shown in (panel, whole):
        assert "Month average is at least 200,000.00 CNY" in shown
        assert "190,000.00 CNY" in shown and "missed" in shown
        assert "Rule version 1" in shown and "310,000.00 CNY missing" in shown
    assert "<html" in whole and "<html" not in panel and "data-dialog-close" in panel


def test_the_past_is_asked_with_a_day(spared, manager, signed_in):
    address = reverse("customer_why", args=[spared.pk])
    client = signed_in(manager)

    assert "250,000.00 CNY" in client.get(f"{address}?on=2026-02-10").content.decode()
    assert "No tier on this day" in client.get(f"{address}?on=2020-01-01").content.decode()
    assert "190,000.00 CNY" in client.get(f"{address}?on=2026-99-99").content.decode()


def test_a_look_at_why_is_in_the_trail(spared, manager, signed_in):
    page(signed_in(manager), "customer_why", spared.pk)

    assert Event.objects.filter(kind=Event.Kind.READ, data__what="why", object_id=str(spared.pk)).exists()


def test_the_waivers_tab_lists_charges_with_what_was_waived(spared, manager, signed_in):
    answer = signed_in(manager).get(reverse("customer", args=[spared.pk]) + "?tab=waivers")
    shown = answer.content.decode()

    for words in ("30.05", "3.76", "26.29", "Entry 1", "Waived in all"):
        assert words in shown


def test_the_timeline_tells_tier_changes_and_waivers_newest_first(spared, manager):
    (waived,) = SPARED(spared, manager, None, 5)
    moves = MOVES(spared, manager, None, 5)

    assert waived.title == "Fee waived: 3.76 CNY"
    assert [move.title for move in moves] == ["Mass → Gold", "Mass"]
    assert moves[0].why.endswith("/why/?on=2026-02-01")
    assert [move.title for move in MOVES(spared, manager, moves[0].at, 5)] == ["Mass"]
    assert SPARED(spared, manager, waived.at, 5) == []


def test_the_list_of_customers_shows_and_filters_the_tier(spared, manager, signed_in):
    CustomerFactory(number="8", manager=manager, branch=manager.branch)
    client = signed_in(manager)
    address = reverse("customers")

    assert "Gold</span>" in client.get(address).content.decode()
    assert len(client.get(f"{address}?tier=gold").context["shown"].rows) == 1
    assert len(client.get(f"{address}?tier=mass").context["shown"].rows) == 0


def test_the_export_of_the_list_names_the_tier(spared, manager, signed_in):
    answer = signed_in(manager).get(f"{reverse('customers')}?export=csv")

    assert ",Gold," in answer.getvalue().decode()


def test_ledger_totals_equal_what_a_click_on_them_lists(spared, manager, signed_in):
    account = Account.objects.get(holders__customer=spared)
    FeeChargeFactory(account=account, charged_on=date(2026, 3, 11), amount=Decimal("800"))
    nights(date(2026, 3, 11), date(2026, 3, 11))
    client = signed_in(manager)

    context = client.get(reverse("waivers")).context
    (whole,) = context["totals"]
    (total,) = whole.sums
    listed = (
        client.get(f"{reverse('waivers')}?tier={total.tier_code}&fee={total.fee_code}&currency={whole.currency}")
        .context["shown"]
        .rows
    )

    assert (whole.waived, whole.entries) == (total.waived, total.entries) == (Decimal("23.76"), 2)
    assert (sum(entry.waived for entry in listed), len(listed)) == (total.waived, total.entries)


def test_a_list_too_long_to_sum_asks_to_be_narrowed(spared, manager, signed_in, monkeypatch):
    monkeypatch.setattr("segmentation.views.ledger.COUNT_CAP", 0)

    shown = page(signed_in(manager), "waivers")

    assert "Narrow the list" in shown and "entries</summary>" not in shown


def test_the_ledger_shows_only_the_own_reach(spared, manager2, signed_in):
    context = signed_in(manager2).get(reverse("waivers")).context

    assert context["totals"] == [] and context["shown"].rows == []


@pytest.mark.parametrize(("role", "members"), [("admin", 1), ("manager", 1), ("manager2", 0), ("auditor", 1)])
def test_tiers_are_said_in_sentences_with_their_members(spared, role, members, request, signed_in):
    answer = signed_in(request.getfixturevalue(role)).get(reverse("tiers"))
    shown = answer.content.decode()

    assert "Month average is at least 200,000.00 CNY" in shown and "3 months" in shown
    (edition,) = answer.context["ladders"][0].editions
    assert edition.is_in_force
    assert {level.code: level.members for level in edition.levels}["gold"] == members


def test_the_waiver_policy_is_said_line_by_line(spared, admin, signed_in):
    shown = page(signed_in(admin), "waiver_policies")

    assert "12.5 %" in shown and "at most 20.00 CNY a fee" in shown and "in force" in shown and "50 %" in shown


@pytest.mark.parametrize("address", ["tiers", "waiver_policies", "waivers"])
def test_an_empty_bank_says_what_belongs_here(address, auditor, signed_in):
    assert "empty-state" in page(signed_in(auditor), address)


def test_pages_say_the_data_date(spared, manager, signed_in):
    assert "10 Mar 2026" in page(signed_in(manager), "customers")


def test_a_period_that_ended_leaves_no_badge(spared, manager, signed_in):
    TierPeriod.objects.filter(customer=spared, until=None).update(until=date(2026, 3, 11))

    assert "Watch 1 of 3" not in page(signed_in(manager), "customer", spared.pk)
