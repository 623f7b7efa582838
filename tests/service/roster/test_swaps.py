"""A shift goes to a colleague who consents, by a head who is neither; and rosters on pages and over REST."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from service.models import Roster, Shift, Swap
from service.roster.swapping import approve_swap, ask_swap, consent, refuse_swap
from tests.factories import RosterFactory, ShiftFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def week(head) -> Roster:
    return RosterFactory(published_by=head, published_at=timezone.now())


@pytest.fixture
def pair(week) -> tuple[Shift, Shift]:
    users = UserFactory.create_batch(2, agent=True)
    week.team.members.set(users)
    first = ShiftFactory(roster=week, user=users[0])
    return first, ShiftFactory(roster=week, user=users[1], starts_at=first.starts_at + HOUR)


def asked(pair, **more) -> Swap:
    first, second = pair
    return ask_swap(
        **{"shift": first, "to": second.user, "back": second, "by": first.user, "at": timezone.now()} | more
    )


def test_both_shifts_are_exchanged_at_once_with_consent_and_approval(pair, head):
    first, second = pair
    swap = asked(pair)
    now = timezone.now()
    with pytest.raises(RuleBroken, match="once both agree"):
        approve_swap(swap=swap, by=head, at=now)
    with pytest.raises(RuleBroken, match="Only who is asked"):
        consent(swap=swap, by=first.user, at=now)
    swap = consent(swap=swap, by=second.user, at=now)
    for user in (second.user, first.user, UserFactory(agent=True)):
        with pytest.raises(RuleBroken, match="A head approves"):
            approve_swap(swap=swap, by=user, at=now)
    approve_swap(swap=swap, by=head, at=now)
    users = dict(Shift.objects.values_list("pk", "user"))
    assert users == {first.pk: second.user_id, second.pk: first.user_id}
    assert first.user.notifications.filter(text__contains="Approved").exists()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Swap.objects.update(state="refused")


def test_a_shift_given_for_none_needs_rest_and_presence(pair, head):
    first, second = pair
    swap = consent(swap=asked(pair, back=None), by=second.user, at=timezone.now())
    with pytest.raises(RuleBroken, match="rested"):
        approve_swap(swap=swap, by=head, at=timezone.now())
    assert Shift.objects.get(pk=first.pk).user == first.user
    refuse_swap(swap=swap, by=second.user, at=timezone.now())
    with pytest.raises(RuleBroken, match="not of this team"):
        asked(pair, to=UserFactory(agent=True), back=None)


def test_a_shift_that_went_to_somebody_else_meanwhile_is_not_exchanged(pair, head):
    first, second = pair
    third = UserFactory(agent=True)
    first.roster.team.members.add(third)
    now = timezone.now()
    agreed = consent(swap=asked(pair), by=second.user, at=now)
    given = asked(pair, shift=second, to=third, back=None, by=second.user)
    approve_swap(swap=consent(swap=given, by=third, at=now), by=head, at=now)
    with pytest.raises(RuleBroken, match="changed since"):
        approve_swap(swap=agreed, by=head, at=now)
    assert Shift.objects.get(pk=second.pk).user == third


def test_only_ones_own_published_shift_that_has_not_begun(pair, week):
    first, second = pair
    for wrong in ({"by": second.user}, {"at": first.starts_at}, {"to": first.user, "back": None}, {"back": first}):
        with pytest.raises(RuleBroken):
            asked(pair, **wrong)
    asked(pair)
    with pytest.raises(RuleBroken, match="asked about already"):
        asked(pair)
    with pytest.raises(IntegrityError, match="swap_one_of_a_shift"), transaction.atomic():
        Swap.objects.create(shift=first, to=second.user, asked_by=first.user, asked_at=timezone.now())


def test_a_head_makes_fills_and_publishes_a_week_on_pages(head, signed_in, queries):
    browser, team = signed_in(head), RosterFactory().team
    worker = UserFactory(agent=True)
    team.members.add(worker)
    monday = timezone.localdate() + timedelta(days=21 - timezone.localdate().weekday())
    url = browser.post("/rosters/add/", {"team": team.code, "week_on": monday.isoformat()}).url
    browser.post(f"/teams/{team.pk}/demand/", {"weekdays": ["0"], "since": 8, "until": 18, "needed": 1})
    typed = {"user": worker.username, "on": monday.isoformat(), "begins": "08:00", "ends": "16:00"}
    assert browser.post(f"{url}shift/", typed).url == url
    page = browser.post(f"{url}shift/", typed)
    assert page.status_code == 422 and "rested" in page.text
    with queries("roster"):
        page = browser.get(url).text
    assert "08:00–16:00" in page and "1 missing" in page and "draft" in page
    assert signed_in(worker).get(url).status_code == 404
    browser.post(f"{url}publish/")
    assert "08:00–16:00" in signed_in(worker).get(url).text and "My shifts" in signed_in(worker).get("/").text
    browser.post(f"/shifts/{Shift.objects.get().pk}/remove/")
    assert not Shift.objects.exists()


def test_over_rest_what_is_published_is_the_version_that_was_read(head, api):
    roster = RosterFactory()
    ShiftFactory(roster=roster)
    url = f"/api/v1/rosters/{roster.pk}/publish/"
    stale = api(head).post(url, {"version": roster.version + 1}, format="json")
    assert stale.status_code == 409 and not Roster.objects.published().exists()
    assert api(head).post(url, {"version": roster.version}, format="json").json()["published_by"] == head.username


def test_a_swap_is_asked_consented_and_approved_over_rest(pair, head, api):
    first, second = pair
    sent = {"shift": first.pk, "to": second.user.username, "back": second.pk}
    made = api(first.user).post("/api/v1/swaps/", sent, format="json").json()
    url = f"/api/v1/swaps/{made['id']}/"
    assert api(second.user).post(f"{url}consent/").json()["state"] == "consented"
    assert api(second.user).post(f"{url}approve/").status_code == 409
    assert api(head).post(f"{url}approve/").json()["state"] == "approved"
    rosters = api(first.user).get("/api/v1/rosters/").json()["results"]
    assert [each["id"] for each in rosters] == [first.roster_id]
    assert api(UserFactory(agent=True)).get(f"/api/v1/rosters/{first.roster_id}/").status_code == 404
    assert api(head).get(f"/api/v1/rosters/{first.roster_id}/").json()["gaps"] == []
