"""Targets, and what counts towards them: sales won, money that came, customers who are new."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.base.errors import RuleBroken
from crm.identity.models import Team
from managers.models import Opportunity, Target
from managers.targets.attaining import counted, with_attained
from managers.targets.services import change_target, set_target
from managers.targets.tables import shown
from managers.targets.views import TargetPage
from segmentation.models import FactsMonth, Published
from tests.factories import (
    AssignmentFactory,
    BranchFactory,
    CustomerFactory,
    HandoverFactory,
    OpportunityFactory,
    ProductFactory,
    RunFactory,
    TargetFactory,
    UserFactory,
)
from tests.managers.staff.test_scorecard import average, held

pytestmark = pytest.mark.django_db
MARCH = {"since": date(2026, 3, 1), "until": date(2026, 4, 1)}


def won(owner, closed_at=datetime(2026, 3, 10, 4, tzinfo=UTC), customer=None, **said) -> Opportunity:
    customer = customer or CustomerFactory(manager=owner, branch=owner.branch)
    made = OpportunityFactory(customer=customer, owner=owner, won=True, **said)
    Opportunity.objects.filter(pk=made.pk).update(closed_at=closed_at)
    return made


def done(target: Target) -> Decimal:
    (found,) = with_attained([target])
    return found.done  # type: ignore[no-any-return]


def test_sales_count_for_who_owns_them_on_the_days_of_the_bank(manager, manager2):
    fund = ProductFactory(code="equity", family="fund")
    for closed_at in (datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 15, 59, tzinfo=UTC)):
        won(manager, closed_at, amount=Decimal(100))
    for closed_at in (datetime(2026, 2, 28, 15, 59, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)):
        won(manager, closed_at, amount=Decimal(1000))
    won(manager, amount=Decimal(7), product=fund)
    won(manager, amount=Decimal(50), currency="USD")
    won(manager2, amount=Decimal(900))
    OpportunityFactory(owner=manager, amount=Decimal(400))
    count, amount = (
        TargetFactory(manager=manager, **MARCH),
        TargetFactory(manager=manager, kind="won_amount", currency="CNY", **MARCH),
    )
    of_fund = TargetFactory(manager=manager, kind="won_amount", currency="CNY", product=fund, **MARCH)
    assert [done(each) for each in (count, amount, of_fund)] == [4, 207, 7]


def test_what_is_won_after_a_handover_counts_for_both_and_once_for_their_branch(manager, head_office, manager2):
    third = UserFactory(manager=True, branch=manager.branch)
    handed = won(manager2)
    said = {"handed_on": date(2026, 3, 10), "watched_until": date(2026, 3, 11)}
    HandoverFactory(customer=handed.customer, giver=manager, receiver=manager2, **said)
    late = won(manager2, datetime(2026, 3, 11, 4, tzinfo=UTC), customer=handed.customer)
    targets = [TargetFactory(manager=each, **MARCH) for each in (manager, manager2, third)]
    targets.append(TargetFactory(manager=None, branch=head_office, **MARCH))
    assert [done(each) for each in targets] == [1, 2, 0, 2], late


def test_a_branch_counts_all_below_it_and_a_team_its_members(manager, manager2, east, head_office, west):
    below = UserFactory(manager=True, branch=BranchFactory(code="EAST1", parent=east))
    team = Team.objects.create(name="Private banking", branch=west)
    team.members.set([manager2, below])
    for owner in (manager, below, manager2):
        won(owner)
    targets = [TargetFactory(manager=None, branch=each, **MARCH) for each in (east, head_office)]
    targets.append(TargetFactory(manager=None, team=team, **MARCH))
    assert [done(each) for each in targets] == [2, 3, 2]


def test_net_new_money_is_what_came_less_what_went_of_the_books_at_each_month_end(manager, manager2):
    stays, leaves, comes = held(manager), held(manager, until=date(2026, 4, 1)), held(manager, since=date(2026, 4, 2))
    for month_end, moved in ((date(2026, 3, 31), "100"), (date(2026, 4, 30), "40"), (date(2026, 5, 31), "7")):
        for customer in (stays, leaves, comes):
            average(customer, month_end, "0")
        FactsMonth.objects.filter(business_date=month_end).update(
            credits_month=Decimal(moved), debits_month=Decimal(10)
        )
    target = TargetFactory(
        manager=manager, kind="net_new_money", currency="CNY", since=date(2026, 3, 1), until=date(2026, 5, 1)
    )
    assert {row["customer_id"]: row["amount"] for row in counted([target])} == {
        stays.pk: 120,
        leaves.pk: 90,
        comes.pk: 30,
    }


def test_a_new_customer_counts_for_who_had_them_when_the_first_account_was_opened(manager, manager2):
    run = RunFactory()
    Published.objects.create(business_date=run.business_date, slot=0, run=run)
    days = {"new": date(2026, 3, 31), "older": date(2026, 2, 28), "later": date(2026, 4, 1), "moved": date(2026, 3, 5)}
    with connection.cursor() as cursor:
        for name, day in days.items():
            customer = held(manager, until=date(2026, 3, 20) if name == "moved" else None)
            if name == "moved":
                AssignmentFactory(customer=customer, manager=manager2, role="primary", since=date(2026, 3, 20))
            told = [customer.pk, day]
            cursor.execute(
                "INSERT INTO segmentation_facts (slot, customer_id, currency, first_opened_on) VALUES (0, %s, 'CNY', %s)",
                told,
            )
    mine, theirs = (TargetFactory(manager=user, kind="new_customers", **MARCH) for user in (manager, manager2))
    assert (done(mine), done(theirs)) == (2, 0)


def test_all_targets_are_reckoned_by_one_statement(manager, manager2, django_assert_num_queries):
    targets = [TargetFactory(manager=user) for user in (manager, manager2)]
    with django_assert_num_queries(1):
        with_attained(targets)
    assert [each.share for each in targets] == [Decimal("0.0")] * 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "luck"}, "kind"),
        ({"manager": None}, "manager"),
        ({"manager": "manager2"}, "manager"),
        ({"manager": "teller"}, "manager"),
        ({"branch": "east"}, "manager"),
        ({"manager": None, "branch": "west"}, "branch"),
        ({"manager": None, "team": "far"}, "team"),
        ({"kind": "net_new_money", "product": "current"}, "product"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("1.5")}, "amount"),
        ({"kind": "won_amount", "amount": Decimal("1.001")}, "amount"),
    ],
)
def test_what_is_no_target_is_refused_beside_its_field(manager, head, west, wrong, field, request):
    things = {"far": lambda: Team.objects.create(name="Far", branch=west), "current": ProductFactory}
    said = {
        "manager": manager,
        "kind": "won_count",
        "since": date(2026, 1, 1),
        "until": date(2098, 1, 1),
        "amount": Decimal(5),
    }
    for name, value in wrong.items():
        if name in ("manager", "branch", "team", "product") and value is not None:
            value = things[value]() if value in things else request.getfixturevalue(value)
        said[name] = value
    with pytest.raises(RuleBroken) as refused:
        set_target(by=head, at=timezone.now(), **said)
    assert refused.value.field == field


def test_there_is_one_target_of_a_thing_and_it_changes_until_the_period_is_over(manager, head):
    today = timezone.localdate()
    said = {
        "manager": manager,
        "kind": "won_count",
        "since": today,
        "until": today + timedelta(9),
        "amount": Decimal(5),
    }
    target = set_target(by=head, at=timezone.now(), **said)
    with pytest.raises(RuleBroken) as refused:
        set_target(by=head, at=timezone.now(), **said)
    assert refused.value.code == "same"
    with pytest.raises(RuleBroken) as refused:
        change_target(target=target, amount=Decimal(6), by=head, at=timezone.now(), version=2)
    assert refused.value.code == "stale"
    assert change_target(target=target, amount=Decimal(6), by=head, at=timezone.now(), version=1).version == 2
    with pytest.raises(RuleBroken) as refused:
        change_target(target=target, amount=Decimal(7), by=head, at=timezone.now() + timedelta(9))
    assert refused.value.code == "over"
    with pytest.raises(RuleBroken):
        set_target(by=manager, at=timezone.now(), **said)


def test_who_sees_which_targets(manager, manager2, head, auditor, teller, east, west):
    team = Team.objects.create(name="Both", branch=west)
    team.members.set([manager])
    targets = {
        "own": TargetFactory(manager=manager),
        "theirs": TargetFactory(manager=manager2),
        "east": TargetFactory(manager=None, branch=east),
        "team": TargetFactory(manager=None, team=team),
    }
    names = {target.pk: name for name, target in targets.items()}
    seen = {
        user.username: {names[pk] for pk in Target.objects.visible_to(user).values_list("pk", flat=True)}
        for user in (manager, manager2, head, auditor, teller)
    }
    assert seen == {
        "manager": {"own", "team"},
        "manager2": {"theirs"},
        "head": {"own", "east"},
        "auditor": set(targets),
        "teller": set(),
    }


def test_pages_set_show_and_add_up(own, other, manager, head, signed_in, queries):
    browser, today = signed_in(head), timezone.localdate()
    typed = {
        "manager": manager.pk,
        "kind": "won_amount",
        "since": "2026-01-01",
        "until": today + timedelta(30),
        "amount": "1000",
    }
    assert browser.post("/targets/new/", typed | {"amount": "-1"}).status_code == 422
    assert browser.post("/targets/new/", typed).status_code == 302
    target = Target.objects.get()
    won(manager, timezone.now(), customer=own.customer, amount=Decimal(250))
    won(manager, timezone.now(), customer=other.customer, amount=Decimal(50))
    reader = signed_in(manager)
    reader.get("/targets/")
    with queries("targets"):
        listed = reader.get("/targets/").text
    assert "30.0 %" in listed and "Set a target" not in listed
    with queries("target"):
        page = reader.get(f"/targets/{target.pk}/").text
    assert own.customer.name in page and other.customer.name not in page and "1 row out of your reach" in page
    assert browser.get(f"/targets/{target.pk}/change/").context["form"].initial["amount"] == "1000"
    assert browser.post(f"/targets/{target.pk}/change/", {"amount": "600", "version": 1}).status_code == 302
    assert "50.0 %" in reader.get("/targets/").text
    assert "50.0" in b"".join(reader.get("/targets/", {"export": "csv"}).streaming_content).decode()


def test_the_customers_of_all_pages_and_those_out_of_reach_add_up_to_the_figure(
    own, other, manager, signed_in, api, monkeypatch
):
    monkeypatch.setattr(TargetPage, "page_size", 2)
    target = TargetFactory(manager=manager, kind="won_amount", currency="CNY", amount=Decimal(1000))
    won(manager, timezone.now(), customer=other.customer, amount=Decimal(50))
    for amount in (1, 2, 4, 8):
        won(manager, timezone.now(), amount=Decimal(amount))
    for amount in (16, 32):
        won(manager, timezone.now(), customer=own.customer, amount=Decimal(amount))
    browser, url, seen = signed_in(manager), f"/targets/{target.pk}/", []
    page = browser.get(url)
    assert (page.context["done"], page.context["away"]) == (shown(Decimal(113), "CNY"), shown(Decimal(50), "CNY"))
    assert "1 row out of your reach" in page.text
    while page.context["shown"].next:
        seen += page.context["shown"].rows
        page = browser.get(url, {"cursor": page.context["shown"].next})
    seen += page.context["shown"].rows
    assert len(seen) == 5 and sum(each.amount for each in seen) == 63
    assert {each.amount for each in seen} == {1, 2, 4, 8, 48}
    client, url, lines = api(manager), f"/api/v1/targets/{target.pk}/rows/?page_size=3", []
    while url:
        answer = client.get(url).json()
        lines.append([(each["customer"], Decimal(each["amount"])) for each in answer["results"]])
        url = answer["next"]
    assert [len(each) for each in lines] in ([3, 4], [4, 3]) and lines[-1][-1] == (None, Decimal(50))
    assert sum(amount for page in lines for _, amount in page) == 113
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/targets/{target.pk}/")
    assert sum("managers_target t" in each["sql"] for each in asked) == 1


def test_over_rest_the_same(own, other, manager, head, api):
    client, today = api(head), timezone.localdate()
    said = {
        "manager": "manager",
        "kind": "won_amount",
        "since": "2026-01-01",
        "until": str(today + timedelta(30)),
        "amount": "1000.00",
    }
    made = client.post("/api/v1/targets/", said, format="json")
    assert (made.status_code, made.json()["currency"], made.json()["reached"]) == (201, "CNY", "0.0000")
    won(manager, timezone.now(), customer=own.customer, amount=Decimal(250))
    won(manager, timezone.now(), customer=other.customer, amount=Decimal(50))
    row = api(manager).get("/api/v1/targets/").json()["results"][0]
    assert (row["reached"], row["share"]) == ("300.0000", "30.0")
    rows = api(manager).get(f"/api/v1/targets/{made.json()['id']}/rows/").json()["results"]
    assert [(each["customer"], each["amount"]) for each in rows] == [
        (own.customer.number, "250.0000"),
        (None, "50.0000"),
    ]
    address = f"/api/v1/targets/{made.json()['id']}/"
    assert client.patch(address, {"amount": "600"}, format="json").status_code == 428
    assert (
        client.patch(address, {"amount": "600"}, format="json", headers={"If-Match": '"1"'}).json()["share"] == "50.0"
    )
    assert client.patch(address, {"amount": "0"}, format="json", headers={"If-Match": "*"}).status_code == 409
    assert client.post("/api/v1/targets/", said | {"manager": "manager2"}, format="json").status_code == 400
