"""The report of what was held back: counts for admins, names for those in reach."""

from datetime import date

import pytest
from django.urls import reverse

from crm.jobs.models import Run
from segmentation.models import Stop
from segmentation.safety.held import held_of, tiers_of
from segmentation.safety.stops import refuse
from tests.factories import UserFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
END, NEXT = date(2026, 1, 31), date(2026, 2, 28)


@pytest.fixture
def held(manager, manager2) -> Run:
    """In a February without its feed: gold of the manager below (watch 1 of 3), platinum of both below, no grace."""
    policy(("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 0))
    for number, owner, was, now in (
        ("1", manager, "250000", "10"), ("2", manager, "600000", "250000"), ("3", manager2, "600000", "10"),
        ("4", manager, "10", "10"),
    ):  # fmt: skip
        balances = {date(2026, 1, 1): was, date(2026, 2, 1): now}
        customer_with(balances, number=number, name=f"Ann {number}", manager=owner, branch=owner.branch)
    nights(END, END)
    return nights(NEXT, NEXT, closed=False)


def test_held_customers_are_those_who_would_fall_and_those_who_would_be_on_watch(held):
    found = {tier.code: (tier.falls, tier.watches) for tier in tiers_of(held_of(held))}

    assert found == {"platinum": (2, 0), "gold": (0, 1)}
    assert held.result["held"] == 3


@pytest.mark.parametrize(
    ("role", "falls", "names"),
    [("admin", 2, []), ("approver", 2, []), ("manager", 1, ["Ann 1", "Ann 2"]), ("manager2", 1, ["Ann 3"]),
     ("head", 1, ["Ann 1", "Ann 2"]), ("auditor", 2, ["Ann 1", "Ann 2", "Ann 3"])],
)  # fmt: skip
def test_counts_are_for_admins_and_names_for_those_in_reach(held, role, falls, names, request, signed_in):
    page = signed_in(request.getfixturevalue(role)).get(reverse("held_night", args=[held.pk]))
    shown = page.content.decode()

    assert page.context["falls"] == falls
    assert [name for name in ("Ann 1", "Ann 2", "Ann 3", "Ann 4") if name in shown] == names


def test_the_page_says_what_would_have_become_of_each(held, manager, signed_in, queries):
    client = signed_in(manager)
    address = reverse("held_night", args=[held.pk])
    client.get(address)
    with queries("held_night"):
        shown = client.get(address).content.decode()

    assert "would be on watch" in shown and "would have fallen" in shown and "Gold" in shown


def test_the_list_holds_nights_without_their_feed_and_nights_that_were_stopped(
    held, stopped_elsewhere, auditor, signed_in
):
    client = signed_in(auditor)

    whole = client.get(reverse("held_back")).context["shown"].rows
    stops = client.get(f"{reverse('held_back')}?cause=breaker").context["shown"].rows

    assert whole == [stopped_elsewhere, held] and stops == [stopped_elsewhere]
    shown = client.get(reverse("held_back")).content.decode()
    assert "too many moves" in shown and "Refused: run again" in shown and "A wrong file" in shown


@pytest.fixture
def stopped_elsewhere(held) -> Run:
    run = Run.objects.create(kind="night", business_date=date(2026, 3, 31), status="waiting", rows_total=9)
    Stop.objects.create(run=run, moves=[])
    return refuse(run=run, reason="A wrong file", by=UserFactory(approver=True))


def test_a_manager_reads_no_count_of_the_whole_book_in_the_list(held, manager, admin, signed_in):
    assert "Below the level, held" in signed_in(admin).get(reverse("held_back")).content.decode()
    assert "Below the level, held" not in signed_in(manager).get(reverse("held_back")).content.decode()


def test_the_run_shows_whom_it_held_and_what_stopped_it(held, stopped_elsewhere, approver, signed_in):
    client = signed_in(approver)

    assert "would have fallen" in client.get(reverse("run", args=[held.pk])).content.decode()
    assert "Refused by" in client.get(reverse("run", args=[stopped_elsewhere.pk])).content.decode()


def test_an_approver_refuses_on_the_page_and_an_admin_starts_it_again(stopped, approver, admin, signed_in):
    client = signed_in(approver)
    address = reverse("run_refuse", args=[stopped.pk])

    assert "planned anew" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Wrong file"}).status_code == 302
    stopped.refresh_from_db()
    assert stopped.status == Run.Status.REFUSED
    assert "Start the night" in signed_in(admin).get(reverse("run", args=[stopped.pk])).content.decode()
