import pytest

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification, User
from crm.identity.services import change_language, change_user, notify, open_account

pytestmark = pytest.mark.django_db


def test_an_account_without_a_password_lets_nobody_in(east):
    user = open_account(username="zhou", name="周敏", role=User.Role.TELLER, branch=east, by="set-up")
    assert not user.has_usable_password()
    event = Event.objects.get(action="user.opened")
    assert event.data == {"role": "teller", "branch": "EAST"}


def test_a_password_never_reaches_the_audit_trail(east):
    open_account(username="zhou", role=User.Role.MANAGER, password="a long secret here", by="set-up")
    assert "secret" not in str(Event.objects.values_list("data", "object_label").get())


@pytest.mark.parametrize("role", ["teller", "head"])
def test_people_of_a_branch_need_one(role):
    with pytest.raises(RuleBroken, match="need a branch"):
        open_account(username="zhou", role=role, by="set-up")


def test_nobody_gives_themselves_another_role(teller):
    with pytest.raises(RuleBroken, match="their own role"):
        change_user(user=teller, role=User.Role.AUDITOR, by=teller)


def test_a_change_is_audited_with_what_changed_and_nothing_else(teller, admin):
    change_user(user=teller, name="Zhou", role=teller.role, by=admin)
    assert Event.objects.get(action="user.changed").data == {"name": "Zhou"}


def test_no_change_leaves_no_trace(teller, admin):
    change_user(user=teller, name=teller.name, by=admin)
    assert not Event.objects.filter(action="user.changed").exists()


def test_a_person_chooses_a_language_that_is_there(teller):
    change_language(user=teller, language="zh-hans", by=teller)
    teller.refresh_from_db()
    assert teller.language == "zh-hans"
    with pytest.raises(RuleBroken, match="no language"):
        change_language(user=teller, language="tlh", by=teller)


def test_an_alert_reaches_everybody_named(teller, head):
    notify(users=[teller, head], text="Night of 3 March waits", url="/runs/3/")
    assert Notification.objects.filter(read_at=None, url="/runs/3/").count() == 2
