"""The database's own promise: as the role that serves, with plain SQL, whatever a page or a service would say."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import appoint_deputy
from tests.factories import ProposalFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_app_role")]
DECIDE = "UPDATE approvals_proposal SET status = %s, checker_id = %s, acting_for_id = %s, decided_at = %s WHERE id = %s"


@pytest.fixture
def proposal(admin, teller):
    return ProposalFactory(maker=admin, subject_user=teller)


def attempt(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def decide(proposal, checker, *, status="approved", acting_for=None, at=None):
    attempt(DECIDE, status, checker and checker.pk, acting_for and acting_for.pk, at or timezone.now(), proposal.pk)


def test_an_approver_decides(proposal, approver):
    decide(proposal, approver)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.checker) == ("approved", approver)


def test_the_maker_is_never_the_checker_not_even_as_approver(approver, teller):
    own = ProposalFactory(maker=approver, subject_user=teller)
    with pytest.raises(DatabaseError, match="proposal_maker_is_never_checker"):
        decide(own, approver)


@pytest.mark.parametrize("role", ["admin", "manager", "teller", "agent", "head", "auditor", "agency"])
@pytest.mark.parametrize("status", ["approved", "refused"])
def test_no_other_role_decides_a_superuser_neither(role, status, proposal):
    other = UserFactory(role=role, is_superuser=True, is_staff=True)
    with pytest.raises(DatabaseError, match="Only an approver or a deputy"):
        decide(proposal, other, status=status)


def test_somebody_who_has_left_decides_nothing(proposal):
    with pytest.raises(DatabaseError, match="Only an approver or a deputy"):
        decide(proposal, UserFactory(approver=True, is_active=False))


def test_nothing_is_approved_without_a_checker(proposal):
    with pytest.raises(DatabaseError):
        decide(proposal, None)


def test_nobody_decides_about_themselves(approver, admin):
    about = ProposalFactory(maker=admin, subject_user=approver)
    with pytest.raises(DatabaseError, match="proposal_subject_is_never_checker"):
        decide(about, approver)


@pytest.mark.parametrize("status", ["approved", "refused", "stale", "withdrawn", "expired"])
def test_a_proposal_begins_open(status, admin, approver):
    decided = {"status": status, "decided_at": timezone.now()}
    if status in ("approved", "refused"):
        decided["checker"] = approver
    with pytest.raises(DatabaseError, match="begins open"), transaction.atomic():
        ProposalFactory(maker=admin, **decided)


@pytest.mark.parametrize("change", [
    "content = '{\"username\": \"somebody\"}'", "content_hash = 'x'", "base_version = 'x'", "kind = 'role'",
    "effect = '{\"x\": 1}'", "effective_from = '2030-01-01'", "maker_id = maker_id + 1", "title = 'x'", "reason = 'x'",
    "expires_at = expires_at + interval '1 day'", "made_at = made_at - interval '1 day'", "subject_user_id = NULL",
    "amount = 1",
])  # fmt: skip
def test_what_is_proposed_never_changes(change, proposal):
    with pytest.raises(DatabaseError, match="never changes"):
        attempt(f"UPDATE approvals_proposal SET {change}")


@pytest.mark.parametrize("first", ["approved", "refused"])
@pytest.mark.parametrize("second", ["open", "approved", "refused"])
def test_what_is_decided_stays_decided(first, second, proposal, approver):
    decide(proposal, approver, status=first)
    with pytest.raises(DatabaseError, match="A decided proposal never changes"):
        decide(proposal, approver, status=second)


def test_a_proposal_is_never_deleted(proposal):
    with pytest.raises(DatabaseError, match="Cannot delete"):
        attempt("DELETE FROM approvals_proposal")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("TRUNCATE approvals_proposal CASCADE")


def test_after_seven_days_nobody_decides(proposal, approver):
    with pytest.raises(DatabaseError, match="before it expires"):
        decide(proposal, approver, at=proposal.expires_at)
    decide(proposal, approver, at=proposal.expires_at - timedelta(microseconds=1))


def test_a_proposal_lasts_seven_days_and_no_longer():
    with pytest.raises(DatabaseError, match="proposal_lasts_seven_days"), transaction.atomic():
        ProposalFactory(expires_at=timezone.now() + timedelta(days=8))


@pytest.mark.parametrize("kind", ["role", "login_reset"])
def test_nobody_decides_for_someone_whose_role_or_login_they_gave(kind, approver, admin, head):
    given = ProposalFactory(kind=kind, maker=UserFactory(admin=True), subject_user=head)
    decide(given, approver)
    later = ProposalFactory(maker=head)
    with pytest.raises(DatabaseError, match="whose role or login they gave"):
        decide(later, approver)
    decide(later, UserFactory(approver=True))


def absence(approver, deputy, **more):
    today = timezone.localdate()
    given = {"since": today, "until": today + timedelta(days=3), "by": approver} | more
    return appoint_deputy(approver=approver, deputy=deputy, **given)


def test_a_deputy_decides_in_the_place_of_the_absent_one(proposal, approver, head):
    absence(approver, head)
    decide(proposal, head, acting_for=approver)
    proposal.refresh_from_db()
    assert (proposal.checker, proposal.acting_for) == (head, approver)


def test_a_deputy_decides_only_during_the_absence(proposal, approver, head):
    today = timezone.localdate()
    absence(approver, head, since=today + timedelta(days=1))
    with pytest.raises(DatabaseError, match="Only an approver or a deputy"):
        decide(proposal, head, acting_for=approver)


def test_a_deputy_never_decides_what_the_deputy_made(approver, head):
    absence(approver, head)
    with pytest.raises(DatabaseError, match="proposal_maker_is_never_checker"):
        decide(ProposalFactory(maker=head), head, acting_for=approver)


def test_a_deputy_never_decides_what_the_absent_one_made(approver, head):
    absence(approver, head)
    with pytest.raises(DatabaseError, match="nothing that the absent one could not"):
        decide(ProposalFactory(maker=approver), head, acting_for=approver)


def test_only_approvers_appoint_by_sql_too(approver, head, admin):
    insert = ("INSERT INTO approvals_deputy (approver_id, deputy_id, appointed_by_id, starts_at, ends_at, appointed_at)"
              " VALUES (%s, %s, %s, now(), now() + interval '1 day', now())")  # fmt: skip
    for absent, deputy, by in [(approver, admin, approver), (approver, head, head), (head, approver, approver)]:
        with pytest.raises(DatabaseError, match="An approver appoints"):
            attempt(insert, absent.pk, deputy.pk, by.pk)
    with pytest.raises(DatabaseError, match="deputy_is_somebody_else"):
        attempt(insert, approver.pk, approver.pk, approver.pk)


def test_an_absence_is_only_shortened(approver, head):
    absence(approver, head)
    with pytest.raises(DatabaseError, match="ended early"):
        attempt("UPDATE approvals_deputy SET ends_at = ends_at + interval '1 day'")
    assert Proposal.objects.count() == 0
