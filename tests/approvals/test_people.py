"""A role, reach, a login and a branch's place: given by a proposal, and by nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from crm.identity.models import ApiToken, Reach, User
from crm.identity.services import change_user, grant_reach, open_account, reset_login, save_branch
from tests.factories import ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def through(admin, approver):
    """Proposed by the admin and approved."""

    def through(kind, by=approver, maker=admin, **content):
        made = propose(kind=kind, content=content, title="x", reason="y", by=maker)
        return approve(proposal=made, content_hash=made.content_hash, by=by)

    return through


def refused():
    return pytest.raises(RuleBroken, match="by a proposal that somebody else approves")


def test_no_person_gives_a_role_a_branch_or_an_account_alone(admin, teller, west):
    closed = UserFactory(manager=True, is_active=False)
    for user, change in [(teller, {"role": "manager"}), (teller, {"branch": west}), (closed, {"is_active": True})]:
        with refused():
            change_user(user=user, by=admin, **change)
    with refused():
        open_account(username="zhou", role="approver", by=admin)
    with refused():
        reset_login(user=teller, by=admin)
    with refused():
        grant_reach(user=teller, branch=west, cause="grant", until=None, by=admin)


def test_to_take_a_role_away_or_close_an_account_needs_none(admin, teller):
    change_user(user=teller, is_active=False, by=admin)
    change_user(user=teller, role=User.Role.NONE, by=admin)
    assert User.objects.get(pk=teller.pk).role == "none"


@pytest.mark.parametrize("status", ["open", "refused"])
def test_a_proposal_that_nobody_approved_gives_nothing(status, admin, approver, teller):
    content = {"username": "teller", "name": "", "role": "approver", "branch": "EAST"}
    made = ProposalFactory(kind="role", maker=admin, content=content)
    if status != "open":
        Proposal.objects.update(status=status, checker=approver, decided_at=timezone.now())
    made.status = "approved"
    with refused():
        change_user(user=teller, role="approver", proposal=made, by=approver)


def test_an_approved_proposal_gives_what_it_says_and_no_more(through, admin, teller, west):
    assert through("role", username="teller", name="", role="manager", branch="EAST").role == "manager"
    made = Proposal.objects.get()
    with refused():
        change_user(user=teller, role="approver", branch=west, proposal=made, by=admin)
    with refused():
        reset_login(user=teller, proposal=made, by=admin)


def test_a_role_that_changed_meanwhile_overtakes_the_proposal(admin, approver, teller):
    content = {"username": "teller", "name": "", "role": "manager", "branch": "EAST"}
    made = propose(kind="role", content=content, title="x", reason="y", by=admin)
    change_user(user=teller, role="agent", by="set-up")
    with pytest.raises(RuleBroken, match="made anew"):
        approve(proposal=made, content_hash=made.content_hash, by=approver)


def test_nobody_proposes_for_themselves_nor_decides_about_themselves(through, admin, approver):
    with pytest.raises(RuleBroken, match="for themselves"):
        propose(kind="login_reset", content={"username": "admin"}, title="x", reason="y", by=admin)
    with pytest.raises(RuleBroken, match="about themselves"):
        through("login_reset", username="approver")


def test_who_gave_a_role_approves_nothing_that_its_holder_makes(through, approver):
    through("role", username="second", name="Second admin", role="admin", branch="")
    second = User.objects.get(username="second")
    made = propose(kind="login_reset", content={"username": UserFactory().username}, title="x", reason="y", by=second)
    with pytest.raises(RuleBroken, match="whose role or login they gave"):
        approve(proposal=made, content_hash=made.content_hash, by=approver)
    assert approve(proposal=made, content_hash=made.content_hash, by=UserFactory(approver=True))
    assert made not in Proposal.objects.awaiting(approver, at=timezone.now())


def test_who_reset_a_login_approves_nothing_that_its_holder_makes(through, approver):
    maker = UserFactory(username="second", admin=True)
    assert through("login_reset", username="second") == maker
    made = propose(kind="login_reset", content={"username": UserFactory().username}, title="x", reason="y", by=maker)
    assert made not in Proposal.objects.awaiting(approver, at=timezone.now())
    assert made in Proposal.objects.awaiting(UserFactory(approver=True), at=timezone.now())
    with pytest.raises(RuleBroken, match="whose role or login they gave"):
        approve(proposal=made, content_hash=made.content_hash, by=approver)


def test_a_reset_voids_the_password_and_every_token(through, approver):
    holder = UserFactory(approver=True, can_sign_in=True)
    ApiToken.objects.create(holder, expiry=timedelta(days=1))
    through("login_reset", username=holder.username)
    holder.refresh_from_db()
    assert not holder.has_usable_password() and not ApiToken.objects.filter(user=holder).exists()


def test_reach_is_given_until_the_end_of_its_last_day(through, manager, west):
    last = timezone.localdate() + timedelta(days=3)
    reach = through("reach", username="manager", branch="WEST", until=last.isoformat())
    assert (reach.user, reach.branch, reach.cause) == (manager, west, Reach.Cause.GRANT)
    assert timezone.localtime(reach.ends_at).date() == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        ("role", {"username": "x", "name": "X", "role": "boss"}, "role"),
        ("role", {"username": "x", "name": "X", "role": "none"}, "role"),
        ("role", {"username": "x", "name": "X", "role": "teller"}, "branch"),
        ("role", {"username": "x", "name": "X", "role": "teller", "branch": "MOON"}, "branch"),
        ("role", {"username": "x", "role": "manager"}, "name"),
        ("role", {"username": "a b", "name": "X", "role": "manager"}, "username"),
        ("role", {"username": "teller", "role": "teller", "branch": "EAST"}, "role"),
        ("role", {"username": "x", "name": "X", "role": "manager", "is_superuser": "1"}, "is_superuser"),
        ("role", {"username": 7}, "username"),
        ("login_reset", {"username": "nobody"}, "username"),
        ("reach", {"username": "admin2", "branch": "EAST", "until": "2099-01-01"}, "username"),
        ("reach", {"username": "teller", "until": "2099-01-01"}, "owner"),
        ("reach", {"username": "teller", "branch": "EAST", "until": "2020-01-01"}, "until"),
        ("reach", {"username": "teller", "branch": "EAST", "until": "soon"}, "until"),
        ("branch", {"code": "EAST", "parent": "EAST"}, "parent"),
        ("branch", {"code": "EAST", "parent": "HO"}, "parent"),
        ("branch", {"code": "MOON", "parent": "HO"}, "code"),
    ],
)
def test_what_is_wrong_is_named(kind, content, field, admin, teller):
    UserFactory(username="admin2", admin=True)
    with pytest.raises(RuleBroken) as refusal:
        propose(kind=kind, content=content, title="x", reason="y", by=admin)
    assert refusal.value.field == field


def test_a_branch_moves_by_proposal_alone(through, admin, east, west, head_office):
    east.parent = west
    with refused():
        save_branch(branch=east, by=admin)
    east.refresh_from_db()
    east.name = "The east"
    save_branch(branch=east, by=admin)
    assert through("branch", code="EAST", parent="WEST").path == "/HO/WEST/EAST/"


def test_the_admin_site_moves_no_branch(admin, east, west, signed_in):
    typed = {"code": "EAST", "name": "East", "parent": west.pk, "level": "branch", "region": ""}
    answer = signed_in(admin).post(f"/admin/identity/branch/{east.pk}/change/", typed)
    east.refresh_from_db()
    assert east.path == "/HO/EAST/" and answer.status_code == 200


def test_the_admin_site_decides_nothing(admin, approver, signed_in):
    made = ProposalFactory(maker=admin)
    url = f"/admin/approvals/proposal/{made.pk}/change/"
    assert signed_in(admin).get(url).status_code == 200
    for who in (admin, approver, UserFactory(admin=True, is_superuser=True, is_staff=True)):
        assert signed_in(who).post(url, {"status": "approved"}).status_code in (302, 403)
    made.refresh_from_db()
    assert made.is_open


def test_what_takes_effect_at_once_takes_no_date(admin, teller):
    with pytest.raises(RuleBroken) as refusal:
        propose(kind="login_reset", content={"username": "teller"}, title="x", reason="y", by=admin,
                effective_from=timezone.localdate() + timedelta(days=9))  # fmt: skip
    assert refusal.value.field == "effective_from"


def test_a_row_of_the_users_fills_in_what_the_account_is_now(admin, teller, signed_in):
    page = signed_in(admin).get("/proposals/new/role/?username=teller").content.decode()
    assert 'value="teller"' in page and '<option value="EAST" selected' in page
