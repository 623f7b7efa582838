"""Who may decide is said three times: in words by the service, as a set by the inbox, and by the trigger. They agree."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from crm.approvals.checkers import checkers_of, may_decide
from crm.approvals.models import Proposal
from crm.identity.models import User
from tests.factories import DeputyFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db
ROLES = st.sampled_from(["approver", "approver", "head", "admin"])
WHO = st.integers(0, 4)
DAYS = st.integers(-2, 2)


def decided(proposal: Proposal, checker: User, acting_for: User | None) -> bool:
    """Whether the database takes the decision; it is undone."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(
                status="approved", checker=checker, acting_for=acting_for, decided_at=now
            )
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def attempt(act) -> None:
    """What the rules forbid in the history of this bank has not happened."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        pass


def give(giver: User, checker: User, holder: User) -> None:
    made = ProposalFactory(kind="role", maker=giver, content={"username": holder.username}, subject_user=holder)
    decision = {"status": "approved", "checker": checker, "decided_at": timezone.now()}
    Proposal.objects.filter(pk=made.pk).update(**decision)


@given(
    roles=st.lists(ROLES, min_size=5, max_size=5),
    given_roles=st.lists(st.tuples(WHO, WHO, WHO), max_size=3),
    absences=st.lists(st.tuples(WHO, WHO, DAYS, st.integers(1, 3)), max_size=3),
    later=st.dictionaries(WHO, st.tuples(ROLES, st.booleans()), max_size=2),
    maker=WHO,
    subject=st.none() | WHO,
)
def test_service_inbox_and_trigger_agree_on_who_may_decide(roles, given_roles, absences, later, maker, subject):
    now = timezone.now()
    with transaction.atomic():
        people = [UserFactory(role=role) for role in roles]
        for giver, checker, holder in given_roles:
            attempt(lambda g=giver, c=checker, h=holder: give(people[g], people[c], people[h]))
        for absent, deputy, starts, days in absences:
            starts_at = now + timedelta(days=starts, minutes=-1)
            dates = {"starts_at": starts_at, "ends_at": starts_at + timedelta(days=days)}
            attempt(lambda a=absent, d=deputy, t=dates: DeputyFactory(approver=people[a], deputy=people[d], **t))
        for who, (role, is_active) in later.items():
            User.objects.filter(pk=people[who].pk).update(role=role, is_active=is_active)
        people = [User.objects.get(pk=one.pk) for one in people]
        proposal = ProposalFactory(maker=people[maker], subject_user=None if subject is None else people[subject],
                                   content={"username": "x"})  # fmt: skip

        by_service = {one.pk for one in people if may_decide(proposal, one, at=now)}
        by_set = {one.pk for one in people if one.is_active and proposal in Proposal.objects.awaiting(one, at=now)}
        places = (None, *{people[absent] for absent, *_rest in absences})
        by_trigger = {one.pk for one in people if any(decided(proposal, one, place) for place in places)}
        assert by_service == by_set == by_trigger
        assert {one.pk for one in checkers_of(proposal, at=now)} <= by_service
        transaction.set_rollback(True)
