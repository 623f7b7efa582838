import pytest
from django.utils import timezone

from crm.approvals.models import Deputy, Proposal
from crm.approvals.services import appoint_deputy
from crm.identity.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def test_the_inbox_says_who_what_effect_and_expiry_the_oldest_and_dearest_first(make, approver, signed_in, queries):
    now = timezone.now()
    for title, cost, days in (("Young", "90", 0), ("Old and cheap", "5", 2), ("Old and dear", "50", 2)):
        make(title=title, door="front", cost=cost, at=now - timezone.timedelta(days=days))
    browser = signed_in(approver)
    with queries("approvals:inbox"):
        page = text(browser.get("/proposals/"))
    places = [page.index(title) for title in ("Old and dear", "Old and cheap", "Young")]
    assert places == sorted(places)
    assert "Door front opens. People come in." in page and "expires" in page and page.count('name="chosen"') == 3


def test_what_one_may_not_decide_is_not_in_the_inbox(make, approver, signed_in):
    make(title="Mine", by=approver)
    page = text(signed_in(approver).get("/proposals/"))
    assert "Mine" not in page and "Nothing waits for your decision" in page


def test_the_sidebar_counts_what_waits(make, approver, admin, signed_in):
    make()
    assert 'side-count">1<' in text(signed_in(approver).get("/notifications/")).replace("\n", "")
    assert 'side-count">' not in text(signed_in(admin).get("/notifications/"))


def test_an_approver_approves_what_was_on_the_page(make, door, approver, signed_in, queries):
    made = make()
    browser = signed_in(approver)
    with queries("approvals:proposal"):
        page = text(browser.get(f"/proposals/{made.pk}/"))
    assert made.content_hash in page and "Your decision" in page
    answer = browser.post(f"/proposals/{made.pk}/approve/", {"content_hash": made.content_hash})
    assert answer.status_code == 302 and door.opened == [{"door": "front"}]


def test_another_hash_keeps_what_was_typed(make, door, approver, signed_in):
    made = make()
    answer = signed_in(approver).post(f"/proposals/{made.pk}/approve/", {"content_hash": "x", "reason": "Looks fine"})
    assert answer.status_code == 422 and not door.opened
    assert "not the content that you saw" in text(answer) and "Looks fine" in text(answer)


def test_the_maker_sees_no_decision_and_can_not_send_one(make, door, admin, signed_in):
    made, browser = make(), signed_in(admin)
    assert "Your decision" not in text(browser.get(f"/proposals/{made.pk}/"))
    answer = browser.post(f"/proposals/{made.pk}/approve/", {"content_hash": made.content_hash})
    assert answer.status_code == 422 and not door.opened


def test_a_page_says_that_its_base_was_overtaken(make, door, approver, signed_in):
    made, browser = make(), signed_in(approver)
    assert "made anew" not in text(browser.get(f"/proposals/{made.pk}/"))
    door.base = "door:2"
    assert "made anew" in text(browser.get(f"/proposals/{made.pk}/"))


def test_a_refusal_without_a_reason_comes_back(make, approver, signed_in):
    made, browser = make(), signed_in(approver)
    assert browser.post(f"/proposals/{made.pk}/refuse/", {}).status_code == 422
    assert browser.post(f"/proposals/{made.pk}/refuse/", {"reason": "No"}).status_code == 302
    assert Proposal.objects.get().status == "refused"


def test_several_small_ones_with_one_button(make, door, approver, signed_in):
    made = [make(door=str(number), cost="1") for number in range(3)]
    chosen = [f"{one.pk}:{one.content_hash}" for one in made[:2]]
    signed_in(approver).post("/proposals/together/", {"chosen": chosen})
    assert len(door.opened) == 2
    answer = signed_in(approver).post("/proposals/together/", {"chosen": [f"{made[2].pk}:x", "y:z", ""]}, follow=True)
    assert "None was approved" in text(answer) and len(door.opened) == 2


def test_my_proposals_say_who_has_them(make, admin, approver, head, signed_in, queries):
    make()
    make(title="Second")
    browser = signed_in(admin)
    with queries("approvals:mine"):
        page = text(browser.get("/proposals/mine/"))
    assert page.count("<td >Approver</td>") + page.count("<td>Approver</td>") == 2
    today = timezone.localdate()
    appoint_deputy(approver=approver, deputy=head, since=today, until=today, by=approver)
    assert "<td>Head</td>" in text(browser.get("/proposals/mine/"))


def test_an_approver_appoints_and_comes_back(approver, head, signed_in):
    browser, today = signed_in(approver), timezone.localdate().isoformat()
    typed = {"approver": approver.pk, "deputy": head.pk, "since": today, "until": today}
    assert browser.post("/proposals/deputies/new/", typed).status_code == 302
    mandate = Deputy.objects.get()
    assert "Nothing waits" in text(signed_in(head).get("/proposals/"))
    assert "End now" in text(browser.get("/proposals/deputies/"))
    assert "End now" not in text(signed_in(head).get("/proposals/deputies/"))
    browser.post(f"/proposals/deputies/{mandate.pk}/end/")
    assert "You have proposed nothing yet" in text(signed_in(head).get("/proposals/"))


def test_an_admin_proposes_an_account_and_its_owner_sets_the_password(admin, approver, east, signed_in, client):
    browser = signed_in(admin)
    typed = {"username": "zhou", "name": "周敏", "role": "teller", "branch": "EAST", "reason": "New colleague"}
    made_at = browser.post("/proposals/new/role/", typed)
    made = Proposal.objects.get()
    assert made_at.url == f"/proposals/{made.pk}/" and not User.objects.filter(username="zhou").exists()

    decider = signed_in(approver)
    decider.post(f"/proposals/{made.pk}/approve/", {"content_hash": made.content_hash})
    zhou = User.objects.get(username="zhou")
    assert (zhou.role, zhou.branch, zhou.has_usable_password()) == ("teller", east, False)

    assert browser.post(f"/proposals/{made.pk}/link/").status_code == 302
    shown = text(decider.post(f"/proposals/{made.pk}/link/"))
    path = shown.split('value="http://testserver')[1].split('"')[0]
    entered = client.get(path, follow=True)
    page = entered.redirect_chain[-1][0]
    words = {"new_password1": "a long and quiet password", "new_password2": "a long and quiet password"}
    assert client.post(page, words).status_code == 302
    assert client.login(request=entered.wsgi_request, username="zhou", password="a long and quiet password")
    assert decider.post(f"/proposals/{made.pk}/link/").status_code == 302
    assert "no longer holds" in text(signed_in(UserFactory()).get(path, follow=True))


def test_a_wrong_proposal_comes_back_beside_its_field(admin, signed_in):
    typed = {"username": "zhou", "name": "周敏", "role": "teller", "branch": "", "reason": "New"}
    answer = signed_in(admin).post("/proposals/new/role/", typed)
    assert answer.status_code == 422 and "need a branch" in text(answer)
    assert not Proposal.objects.exists()


def test_a_row_of_the_users_leads_an_admin_to_a_proposal(admin, auditor, manager, signed_in, queries):
    browser = signed_in(admin)
    with queries("users"):
        page = text(browser.get("/users/"))
    assert "/proposals/new/role/?username=manager" in page
    assert "/proposals/new/role/" not in text(signed_in(auditor).get("/users/"))


def test_home_shows_an_approver_what_waits_and_an_admin_the_own(make, approver, admin, signed_in):
    make()
    assert "Door front opens." in text(signed_in(approver).get("/"))
    assert "Open it" in text(signed_in(admin).get("/"))


@pytest.mark.parametrize("name", ["", "1/", "deputies/", "mine/", "all/", "new/"])
def test_the_pages_stand_in_chinese(name, make, approver, signed_in):
    made = make()
    path = f"/proposals/{made.pk}/" if name == "1/" else f"/proposals/{name}"
    answer = signed_in(approver).get(path, headers={"Accept-Language": "zh-hans"})
    assert answer.status_code == 200 and "zh-Hans" in text(answer)
