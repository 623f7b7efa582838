"""The night of assigning: who is uncovered gets somebody, moves are suggested, nothing is left in silence, and once is enough."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from crm.jobs.models import Run
from crm.nightly.after import follow
from customers.models import Customer
from customers.services import assign_manager
from managers.assigning import nights
from managers.assigning.moves import approve_move, refuse_move
from managers.assigning.nights import assign_due, open_trial
from managers.assigning.planning import plan_of
from managers.assigning.programme import NotSolved
from managers.models import Assignment, BookChange, ManagedCustomer, MoveSuggestion
from tests.factories import (
    AbsenceFactory,
    CustomerFactory,
    LeavingFactory,
    ManagerGradeFactory,
    MoveSuggestionFactory,
    TeamFactory,
    UserFactory,
)
from tests.managers.assigning.bank import DAY, books, customers, gold, managers, night
from tests.segmentation.changes.bank import published
from tests.segmentation.managed.bank import policy

pytestmark = pytest.mark.django_db


def test_uncovered_customers_get_managers_of_their_branch_through_the_verbs_of_books(east, west) -> None:
    managers(east, 2), managers(west, 1)
    found = customers(east, 6)
    stranger = CustomerFactory(branch=east)

    run = night()

    assert run.status == Run.Status.COMPLETED and run.result == {"placed": 6, "moved": 0, "left": {}}
    assert books() == {"rmEAST0": 3, "rmEAST1": 3}
    held = Assignment.objects.filter(customer__in=found, role="primary", until=None)
    assert held.count() == 6 and set(held.values_list("reason", flat=True)) == {"Assigned in the night"}
    kept = Event.objects.filter(action="customer.manager_assigned")
    assert kept.count() == 6 and kept.first().data["version"] == 2 and kept.first().actor_label == "night"
    assert Customer.objects.get(pk=stranger.pk).manager is None
    told = dict(Notification.objects.values_list("user__username", "text"))
    assert told == dict.fromkeys(("rmEAST0", "rmEAST1"), "3 customers came to your book.")


def test_a_second_night_without_changes_moves_nobody_and_a_day_has_one_night(east) -> None:
    managers(east, 3)
    customers(east, 10)
    night()
    before = books()
    assert night() is None
    again = night(DAY + timedelta(days=1))
    assert again.result == {"placed": 0, "moved": 0, "left": {}} and books() == before


def test_who_leaves_or_lacks_what_a_tier_asks_for_gets_nobody(east, ask_of) -> None:
    leaver, able, unable = managers(east, 3)
    LeavingFactory(manager=leaver)
    ask_of(**{gold().code: {"grade": "senior"}})
    ManagerGradeFactory(manager=able, grade="senior")
    customers(east, 4)
    night()
    assert books() == {able.username: 4}, unable


def test_who_is_left_has_a_reason_which_goes_when_they_are_helped(east, west, head_office) -> None:
    away = managers(east, 1)[0]
    AbsenceFactory(manager=away)
    managers(west, 1, capacity=2)
    customers(east, 1), customers(west, 3), customers(head_office, 1)
    stranger = customers(None, 1)[0]

    run = night()

    assert run.result["left"] == {"away": 1, "full": 1, "nobody": 1, "no_branch": 1}
    assert ManagedCustomer.objects.get(customer=stranger).reason == "no_branch"
    left = ManagedCustomer.objects.get(reason="nobody").customer
    helper = managers(head_office, 1)[0]
    night(DAY + timedelta(days=1))
    left.refresh_from_db()
    assert left.manager == helper and ManagedCustomer.objects.get(customer=left).reason == ""


def test_a_manager_who_carries_far_more_gives_some_away_after_a_head_said_yes(east, head) -> None:
    full, empty = managers(east, 2)
    customers(east, 60, manager=full)
    policy({"name": "Gold", "tiers": ["gold"]}, max_moves=50, weights=[{"tier": "gold", "weight": 1}])

    night()

    found = MoveSuggestion.objects.all()
    assert found.count() == 10 and {(each.giver, each.taker, each.why) for each in found} == {(full, empty, "level")}
    assert books() == {"rmEAST0": 60}
    assert Notification.objects.get(user=head).text == "Move suggestions wait for you: 10."
    assert night(DAY + timedelta(days=1)).result["moved"] == 0
    for each in found:
        approve_move(suggestion=each, by=head, at=timezone.now())
    assert books() == {"rmEAST0": 50, "rmEAST1": 10}
    assert night(DAY + timedelta(days=2)).result["moved"] == 0


def test_whom_a_night_gave_to_somebody_stays_for_ninety_days(east) -> None:
    managers(east, 1)
    customers(east, 60)
    policy({"name": "Gold", "tiers": ["gold"]}, max_moves=50, weights=[{"tier": "gold", "weight": 1}])
    night()
    UserFactory(manager=True, branch=east, username="late")
    assert night(DAY + timedelta(days=1)).result["moved"] == 0
    Assignment.objects.update(made_at=timezone.now() - timedelta(days=91))
    assert night(DAY + timedelta(days=2)).result["moved"] > 0


def test_open_suggestions_count_against_the_budget_and_lapse_when_they_are_overtaken(east, head) -> None:
    full, empty = managers(east, 2)
    customers(east, 60, manager=full)
    policy({"name": "Gold", "tiers": ["gold"]}, max_moves=4, weights=[{"tier": "gold", "weight": 1}])
    night()
    first, second, *_rest = MoveSuggestion.objects.order_by("pk")
    assert MoveSuggestion.objects.count() == 4
    assert night(DAY + timedelta(days=1)).result["moved"] == 0
    assign_manager(customer=first.customer, manager=empty, by=head, at=timezone.now())
    refuse_move(suggestion=second, reason="They know each other", by=head, at=timezone.now())
    night(DAY + timedelta(days=2))
    first.refresh_from_db()
    assert first.state == "lapsed" and MoveSuggestion.objects.open().count() == 4
    assert not MoveSuggestion.objects.open().filter(customer=second.customer).exists()


def test_a_named_team_is_asked_and_those_of_another_are_moved_to_it(east, west) -> None:
    (one,), (two,) = managers(east, 1), managers(west, 1)
    TeamFactory(code="wealth").members.add(two)
    uncovered, theirs = customers(east, 1)[0], customers(east, 1, manager=one)[0]
    policy({"name": "Gold", "tiers": ["gold"], "team": "wealth"}, weights=[{"tier": "gold", "weight": 1}])
    night()
    uncovered.refresh_from_db()
    assert uncovered.manager == two
    move = MoveSuggestion.objects.get()
    assert (move.customer, move.giver, move.taker, move.why) == (theirs, one, two, "team")


def test_a_preview_changes_nothing_and_tells_each_book_before_and_after(east, head) -> None:
    full, _empty = managers(east, 2)
    customers(east, 60, manager=full), customers(east, 4)
    published(DAY)

    run = open_trial(by=head)
    nights.carry_on(run)

    run.refresh_from_db()
    assert run.result == {"placed": 4, "moved": 8, "left": {}}
    assert books() == {"rmEAST0": 60} and not MoveSuggestion.objects.exists()
    said = BookChange.objects.filter(run=run).values_list(
        "manager__username", "customers", "load", "came", "taken", "given"
    )
    assert set(said) == {("rmEAST0", 60, 60, 0, 0, 8), ("rmEAST1", 0, 0, 4, 8, 0)}


def test_no_preview_before_the_first_night(head) -> None:
    with pytest.raises(RuleBroken, match="no facts yet"):
        open_trial(by=head)


def test_who_left_the_rules_is_managed_no_more_and_keeps_the_manager(east) -> None:
    managers(east, 1)
    found = customers(east, 1)[0]
    night()
    found.tier_periods.update(
        tier=gold().__class__.objects.create(scheme=gold().scheme, code="mass", name="Mass", rank=9)
    )
    night(DAY + timedelta(days=1))
    assert not ManagedCustomer.objects.exists()
    assert Customer.objects.get(pk=found.pk).manager is not None


def test_an_inactive_manager_loses_nobody_in_silence(east) -> None:
    gone, stays = managers(east, 2)
    found = customers(east, 3, manager=gone)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    night()
    assert set(Customer.objects.filter(pk__in=[each.pk for each in found]).values_list("manager", flat=True)) == {
        stays.pk
    }


def test_books_are_kept_by_the_newest_figures_alone(east, monkeypatch) -> None:
    managers(east, 1)
    customers(east, 1)
    published(DAY)
    follow(at=timezone.now())
    assert books() == {}
    monkeypatch.setattr("crm.nightly.after.yesterday", lambda: DAY)
    follow(at=timezone.now())
    follow(at=timezone.now())
    assert books() == {"rmEAST0": 1} and Run.objects.filter(kind="assignment").count() == 1


def test_what_goes_wrong_leaves_the_run_failed_and_nothing_half_done(east, monkeypatch) -> None:
    managers(east, 1)
    customers(east, 2)
    monkeypatch.setattr("managers.assigning.nights.keep_figures", lambda *args: 1 / 0)
    published(DAY)
    run = assign_due(at=timezone.now())
    assert run.status == Run.Status.FAILED and books() == {} and not Assignment.objects.exists()


def test_a_group_that_is_not_solved_leaves_its_customers_with_a_reason_and_the_others_get_theirs(
    east, west, monkeypatch
) -> None:
    east_staff, _west_staff = managers(east, 1), managers(west, 1)
    customers(east, 2), customers(west, 3)

    def solved(people, staff, *more, **said):
        if east_staff[0].pk in staff.people:
            raise NotSolved("10 seconds")
        return plan_of(people, staff, *more, **said)

    monkeypatch.setattr(nights, "plan_of", solved)
    run = night()
    assert run.status == Run.Status.COMPLETED_WITH_ERRORS and books() == {"rmWEST0": 3}
    assert ManagedCustomer.objects.filter(reason="failed", branch=east).count() == 2


def test_a_night_that_went_wrong_is_tried_again_an_hour_later(east, monkeypatch) -> None:
    managers(east, 1)
    customers(east, 2)
    published(DAY)
    with monkeypatch.context() as broken:
        broken.setattr("managers.assigning.nights.keep_figures", lambda *args: 1 / 0)
        assert assign_due(at=timezone.now()).status == Run.Status.FAILED
    assert assign_due(at=timezone.now()) is None
    Run.objects.update(finished_at=timezone.now() - timedelta(minutes=61))
    assert assign_due(at=timezone.now()).status == Run.Status.COMPLETED and books() == {"rmEAST0": 2}


def test_only_a_head_decides_and_only_once(east, head, manager) -> None:
    full, empty = managers(east, 2)
    customer = customers(east, 1, manager=full)[0]
    move = MoveSuggestionFactory(customer=customer, taker=empty)
    with pytest.raises(RuleBroken, match="branch head"):
        approve_move(suggestion=move, by=manager, at=timezone.now())
    with pytest.raises(RuleBroken, match="Say why"):
        refuse_move(suggestion=move, reason=" ", by=head, at=timezone.now())
    with pytest.raises(RuleBroken, match="in the meantime"):
        approve_move(suggestion=move, by=head, at=timezone.now(), version=9)
    approve_move(suggestion=move, by=head, at=timezone.now(), version=1)
    with pytest.raises(RuleBroken, match="decided already"):
        refuse_move(suggestion=move, reason="No", by=head, at=timezone.now())
    overtaken = MoveSuggestionFactory(customer=customer, giver=full, taker=UserFactory(manager=True))
    with pytest.raises(RuleBroken, match="nothing to move"):
        approve_move(suggestion=overtaken, by=head, at=timezone.now())
