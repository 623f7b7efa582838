"""The list, why, the timeline, REST; tasks and alerts; and the rules under four eyes."""

from datetime import date

import pytest

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from managers.models import Task
from managers.todo.services import open_tasks
from segmentation.changes.definition import Definition
from segmentation.models import Change, ChangeRule, PolicyDraft
from segmentation.services.policies import apply_policy
from tests.factories import ChangeFactory, ChangeRuleFactory, CustomerFactory
from tests.segmentation.changes.bank import BIRTHDAY, OUT, looked, morning, move, owner, published, rules

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
RIGHT = {"code": "out", "name": "Out", "kind": "outflow", "amount": "1000", "currency": "CNY", "days": 7}


def test_a_task_opens_for_who_looks_after_the_customer_once_with_its_why(manager, signed_in) -> None:
    rules(OUT | {"due_days": 2})
    mine, nobodys = owner(manager=manager, branch=manager.branch), owner(branch=manager.branch)
    for customer in (mine, nobodys):
        move(customer.account, "-5000", DAY)

    looked(DAY)
    open_tasks(as_of=morning(DAY))

    assert Change.objects.count() == 2
    task = Task.objects.get()
    assert (task.customer, task.kind, task.due_on) == (mine, "change", date(2026, 3, 13))
    assert str(task) == "Outflow: 5,000.00 CNY went out within 7 days; 10,000.00 CNY lay there before"
    assert Notification.objects.get().user == manager
    client = signed_in(manager)
    for page in ("/", "/tasks/", f"/customers/{mine.pk}/", f"/customers/{mine.pk}/timeline/?kind=change"):
        assert f"/changes/{task.about}/why/" in client.get(page).content.decode(), page
    why = client.get(f"/changes/{task.about}/why/").content.decode()
    assert "At least 1,000.00 CNY went out" in why and "version 1" in why


def test_what_has_no_customer_any_more_settles_itself(manager) -> None:
    rules(OUT)
    customer = owner(manager=manager)
    move(customer.account, "-5000", DAY)
    looked(DAY)
    type(customer).objects.filter(pk=customer.pk).update(status="deceased")
    open_tasks(as_of=morning(DAY))
    assert Task.objects.get().state == "done"


def test_an_alert_counts_for_each_manager_and_opens_no_task(manager, manager2, signed_in) -> None:
    rules(BIRTHDAY | {"makes": "alert"})
    for who, count in ((manager, 2), (manager2, 1), (None, 3)):
        for _ in range(count):
            CustomerFactory(manager=who, branch=manager.branch, birth_date=date(1980, 3, 11))
    looked(DAY)
    told = dict(Notification.objects.values_list("user__username", "text"))
    assert told == {"manager": "Birthday: 2 customers", "manager2": "Birthday: 1 customer"}
    assert not Task.objects.exists()
    page = signed_in(manager).get(Notification.objects.get(user=manager).url)
    assert page.content.decode().count("Turns 46") >= 2


def test_the_list_is_of_the_reach_narrowed_and_taken_along(own, other, signed_in, manager) -> None:
    ChangeFactory(customer=own.customer), ChangeFactory(customer=other.customer)
    client = signed_in(manager)
    page = client.get("/changes/").content.decode()
    assert own.customer.number in page or "120,000.00" in page
    assert page.count("120,000.00 CNY went out") >= 1 and str(other.customer) not in page
    assert "Nothing" in client.get("/changes/?day_after=2026-04-01").content.decode()
    sheet = b"".join(client.get("/changes/?export=csv").streaming_content).decode()
    assert "120,000.00 CNY went out within 7 days" in sheet and "why?" not in sheet


def test_rest_tells_the_figures_and_the_sentence(own, api, manager) -> None:
    change = ChangeFactory(customer=own.customer)
    (row,) = api(manager).get(f"/api/v1/changes/?customer={own.customer.number}&code=outflow").json()["results"]
    assert (row["id"], row["rule"], row["figures"]["amount"]) == (change.pk, 1, "120000.00")
    assert row["sentence"].startswith("120,000.00 CNY went out")
    (rule,) = api(manager).get("/api/v1/change-rules/?code=outflow").json()["results"]
    assert "At least 100,000.00 CNY went out within 7 days" in rule["sentence"]


def test_an_admin_changes_a_rule_by_a_draft_and_another_one_approves(admin, approver, signed_in) -> None:
    ChangeRuleFactory()
    published(DAY)
    client = signed_in(admin)
    page = client.get("/change-rules/").content.decode()
    assert "Switched on" in page and "Birthday" in page

    client.post("/change-rules/outflow/change/")
    draft = PolicyDraft.objects.get()
    edit = client.get(f"/drafts/{draft.pk}/edit/").content.decode()
    assert "change_rule-amount" in edit and "change_rule-moves" not in edit
    typed = {f"change_rule-{key}": str(value) for key, value in draft.content.items()} | {
        "change_rule-amount": "50,000",
        "do": "save",
    }
    client.post(f"/drafts/{draft.pk}/edit/", typed)
    assert "At least 50,000.00 CNY went out" in client.get(f"/drafts/{draft.pk}/").content.decode()
    client.post(f"/drafts/{draft.pk}/propose/", {"title": "Half", "reason": "Too few were told"})
    proposal = Proposal.objects.get()
    assert not ChangeRule.objects.filter(number=2).exists()
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)

    version = ChangeRule.objects.get(number=2)
    assert (version.content["amount"], version.effective_from, version.proposal) == (
        "50000",
        date(2026, 3, 11),
        proposal,
    )
    assert Event.objects.filter(action="change_rule.published").exists()
    with pytest.raises(RuleBroken, match="change by proposal alone"):
        apply_policy(content={"change_rules": [RIGHT]}, by="setup")


def test_a_new_rule_begins_with_figures_of_its_kind(admin, signed_in) -> None:
    client = signed_in(admin)
    client.post("/change-rules/birthday/change/")
    draft = PolicyDraft.objects.get()
    assert draft.content == {
        "code": "birthday", "name": "Birthday", "kind": "birthday", "days": 7, "makes": "task", "due_days": 3,
    }  # fmt: skip
    page = client.get(f"/drafts/{draft.pk}/").content.decode()
    assert "A birthday within 7 days, by the calendar that the customer keeps" in page
    assert client.post("/change-rules/unheard/change/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"kind": "horoscope"}, "change_rule.kind"),
        ({"amount": "0"}, "change_rule.amount"),
        ({"amount": 1000}, "change_rule.amount"),
        ({"currency": "yuan"}, "change_rule.currency"),
        ({"days": 32}, "change_rule.days"),
        ({"share": "1.5"}, "change_rule.share"),
        ({"moves": ["up"]}, "change_rule.moves"),
        ({"makes": "noise"}, "change_rule.makes"),
        ({"due_days": -1}, "change_rule.due_days"),
        ({"off": "yes"}, "change_rule.off"),
        ({"kind": "money_left"}, "change_rule.share"),
        ({"code": "Out!"}, "change_rule.code"),
        ({"when": {"field": "aura", "op": "=", "value": "1"}}, "change_rule.when.field"),
    ],
)
def test_a_rule_that_can_not_be_is_refused_with_its_place(changed, path) -> None:
    with pytest.raises(RuleBroken) as refused:
        Definition.parse(RIGHT | changed)
    assert refused.value.field == path


def test_a_rule_keeps_its_kind_and_knows_its_tiers() -> None:
    rules(RIGHT)
    for wrong, words in (
        (RIGHT | {"kind": "inflow"}, "keeps its kind"),
        (RIGHT | {"tiers": ["jade"]}, "no scheme has a tier"),
    ):
        with pytest.raises(RuleBroken, match=words):
            apply_policy(content={"change_rules": [wrong]}, by="setup")
