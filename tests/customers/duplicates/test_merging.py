"""Two records become one, and two again: nothing is lost, and nothing is given to the wrong one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from customers import services
from customers.duplicates.services import dismiss_duplicate, merge_customers, undo_merge
from customers.models import (
    AccountHolder,
    Consent,
    Contact,
    Customer,
    Duplicate,
    Flag,
    Interaction,
    Merge,
    RiskAssessment,
)
from managers.models import Task
from segmentation.models import FreeAccount, ProductAnswer, TierOverride
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    ConsentFactory,
    ContactFactory,
    CustomerFactory,
    DuplicateFactory,
    FlagFactory,
    FreeAccountFactory,
    HouseholdMemberFactory,
    InteractionFactory,
    ProductAnswerFactory,
    RiskAssessmentFactory,
    RunFactory,
    SuggestionFactory,
    TaskFactory,
    TierFactory,
    TierOverrideFactory,
    TierPeriodFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
WHY = "The same passport"


@pytest.fixture
def two(manager) -> tuple[Customer, Customer]:
    """Two records of one person in the manager's book, both as they are known."""
    same = {"manager": manager, "branch": manager.branch}
    stays = CustomerFactory(name="张伟", occupation="Engineer", **same)
    goes = CustomerFactory(name="張偉", occupation="", region="Beijing", **same)
    ContactFactory(customer=stays, phone="+8613812345678", email="")
    ContactFactory(customer=goes, phone="+8613900000000", email="zw@example.com", national_id="")
    return stays, goes


@pytest.fixture
def merged(two, manager):
    def act(**kwargs) -> Merge:
        stays, goes = two
        return merge_customers(survivor=stays, absorbed=goes, reason=WHY, by=manager, at=NOW, **kwargs)

    return act


def now(*customers: Customer) -> list[Customer]:
    return [Customer.objects.get(pk=customer.pk) for customer in customers]


def state(*customers: Customer) -> list[dict]:
    """All that is kept of the customers and hangs on them, but for versions and moments."""
    left_out = {"version", "updated_at", "id", "holder_id"}

    def values(rows) -> list[dict]:
        return [{k: v for k, v in row.items() if k not in left_out} for row in rows.order_by("pk").values()]

    found = []
    for customer in customers:
        rows = [
            model.objects.filter(customer=customer)
            for model in (Interaction, Consent, Flag, RiskAssessment, Task, TierOverride, FreeAccount, ProductAnswer)
        ]
        holders = (
            AccountHolder.objects.filter(customer=customer)
            .order_by("account")
            .values("account", "role", "share", "number")
        )
        members = customer.households.order_by("pk").values("household", "since", "until", "is_head", "pools")
        contact = Contact.objects.filter(customer=customer).values("phone", "email", "national_id", "phone_hash")
        contact = [{k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()} for row in contact]
        found.append(
            {"record": values(Customer.objects.filter(pk=customer.pk)), "holders": list(holders), "members": list(members),
             "contact": contact} | {model.model.__name__: values(model) for model in rows}
        )  # fmt: skip
    for each in found:
        for row in each["Interaction"]:
            row["source_hash"] = row["source_hash"] and bytes(row["source_hash"])
    return found


def full(goes: Customer, stays: Customer) -> None:
    """Something of everything hangs on the record that goes, and what both have."""
    joint = AccountFactory()
    AccountFactory(holder=goes)
    for customer in (stays, goes):
        AccountHolderFactory(account=joint, customer=customer, joint=True)
        HouseholdMemberFactory(customer=customer, is_head=True)
        ConsentFactory(customer=customer)
        FlagFactory(customer=customer, until=None)
    InteractionFactory.create_batch(2, customer=goes)
    RiskAssessmentFactory(customer=goes)
    TaskFactory(customer=goes)
    TierOverrideFactory(customer=goes)
    FreeAccountFactory(customer=goes)
    ProductAnswerFactory(suggestion=SuggestionFactory(customer=goes))


def test_what_hangs_on_the_record_that_goes_moves(two, merged) -> None:
    stays, goes = two
    account = AccountFactory(holder=goes)
    InteractionFactory.create_batch(2, customer=goes)
    for factory in (
        RiskAssessmentFactory,
        TaskFactory,
        TierOverrideFactory,
        FreeAccountFactory,
        ConsentFactory,
        FlagFactory,
        HouseholdMemberFactory,
    ):
        factory(customer=goes)
    merged()
    assert stays.holdings.filter(account=account).exists() and not goes.holdings.exists()
    assert stays.interactions.count() == 2 and not goes.interactions.exists()
    for model in (RiskAssessment, Task, TierOverride, FreeAccount, Consent, Flag):
        assert model.objects.get().customer_id == stays.pk, model
    assert stays.households.exists() and not goes.households.exists()


def test_the_record_that_goes_is_closed_and_leads_to_the_one_that_stands(two, merged) -> None:
    stays, goes = two
    merged()
    (gone,) = now(goes)
    assert (gone.status, gone.merged_into, gone.status_since) == (Customer.Status.CLOSED, stays, date(2026, 4, 1))
    assert list(Customer.objects.exactly(goes.number)) == [stays]
    assert list(Customer.objects.exactly("139 0000 0000")) == [stays]
    assert goes not in Customer.objects.unmerged()


def test_undone_everything_is_as_it_was(two, merged, manager) -> None:
    stays, goes = two
    full(goes, stays)
    before = state(stays, goes)
    merge = merged(take=["region", "email", "name", "phone"])
    assert state(stays, goes) != before
    assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW + timedelta(days=1)) == []
    assert state(stays, goes) == before


def test_what_is_taken_of_the_other_record_stands_and_the_other_keeps_its_own(two, merged) -> None:
    stays, goes = two
    merge = merged(take=["name", "region", "phone"])
    stays, goes = now(stays, goes)
    assert (stays.name, stays.region, stays.occupation) == ("張偉", "Beijing", "Engineer")
    assert (goes.name, goes.region) == ("張偉", "Beijing")
    assert (stays.contact.phone, goes.contact.phone) == ("+8613900000000", "+8613900000000")
    assert stays.sort_key == "zhang wei"
    with connection.cursor() as cursor:
        cursor.execute("SELECT before FROM customers_merge WHERE id = %s", [merge.pk])
        assert b"138" not in bytes(cursor.fetchone()[0])


def test_what_was_changed_since_stays_and_is_named(two, merged, manager) -> None:
    stays, goes = two
    merge = merged(take=["region", "phone"])
    services.change_customer(customer=stays, by=manager, region="Shanghai")
    services.change_contact(customer=stays, by=manager, phone="13700000000")
    left = undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    stays, goes = now(stays, goes)
    assert left == ["region", "Phone"]
    assert (stays.region, stays.contact.phone) == ("Shanghai", "+8613700000000")
    assert goes.contact.phone == "+8613900000000"


def test_what_came_after_the_merge_stays_with_the_record_that_stayed(two, merged, manager) -> None:
    stays, goes = two
    InteractionFactory(customer=goes, note="before")
    merge = merged()
    InteractionFactory(customer=stays, note="after")
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    assert [row.note for row in stays.interactions.all()] == ["after"]
    assert [row.note for row in goes.interactions.all()] == ["before"]


def test_an_account_that_both_hold_is_held_once_with_both_shares(two, merged, manager) -> None:
    stays, goes = two
    account = AccountFactory()
    AccountHolderFactory(account=account, customer=stays, role="authorised", share="0.25")
    AccountHolderFactory(account=account, customer=goes, role="owner", share="0.75")
    merge = merged()
    holder = AccountHolder.objects.get(account=account)
    assert (holder.customer, holder.role, holder.share) == (stays, "owner", Decimal(1))
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    shares = {row.customer_id: (row.role, row.share) for row in account.holders.all()}
    assert shares == {stays.pk: ("authorised", Decimal("0.25")), goes.pk: ("owner", Decimal("0.75"))}


def test_the_later_word_on_marketing_counts_whichever_record_it_was_said_to(two, merged) -> None:
    stays, goes = two
    early, late = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    phoned = ConsentFactory(customer=stays, channel="phone", given_at=early)
    ConsentFactory(customer=goes, channel="phone", given_at=early - timedelta(days=9), withdrawn_at=late)
    mailed = ConsentFactory(customer=goes, channel="email", given_at=early)
    ConsentFactory(customer=stays, channel="email", given_at=early - timedelta(days=9), withdrawn_at=late)
    written = ConsentFactory(customer=goes, channel="sms", given_at=late)
    merged()
    phoned.refresh_from_db()
    mailed.refresh_from_db()
    assert phoned.withdrawn_at == late
    assert (mailed.customer, mailed.withdrawn_at) == (stays, late)
    assert list(Consent.objects.open().filter(customer=stays)) == [written]


def test_nobody_is_in_two_households(two, merged, manager) -> None:
    stays, goes = two
    mine, theirs = HouseholdMemberFactory(customer=stays), HouseholdMemberFactory(customer=goes, is_head=True)
    merge = merged()
    theirs.refresh_from_db()
    assert (theirs.until, theirs.is_head) == (date(2026, 4, 1), False)
    assert list(stays.households.all()) == [mine]
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    theirs.refresh_from_db()
    assert (theirs.until, theirs.is_head, theirs.customer) == (None, True, goes)


def test_who_left_a_household_before_comes_in_the_place_of_the_other_record(two, merged, manager) -> None:
    stays, goes = two
    HouseholdMemberFactory(customer=stays, since=date(2020, 1, 1), until=date(2024, 1, 1))
    theirs = HouseholdMemberFactory(customer=goes, since=date(2023, 1, 1), is_head=True, pools=True)
    merge = merged()
    place = stays.households.get(until=None)
    assert (place.household, place.since, place.is_head, place.pools) == (
        theirs.household,
        date(2026, 4, 1),
        True,
        True,
    )
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    assert not stays.households.filter(until=None).exists()
    assert goes.households.get().until is None and goes.households.get().is_head


def test_a_flag_that_holds_goes_with_the_customer_whatever_stood_before(two, merged) -> None:
    stays, goes = two
    FlagFactory(customer=stays, kind="court_freeze", since=date(2020, 1, 1), until=date(2024, 1, 1))
    FlagFactory(customer=goes, kind="court_freeze", since=date(2023, 1, 1), until=None)
    merged()
    assert Flag.objects.holding(date(2026, 4, 1)).filter(customer=stays, kind="court_freeze").exists()


def test_two_that_held_one_account_get_each_their_own_again_from_the_last(two, merged, manager) -> None:
    stays, goes = two
    third = CustomerFactory(manager=manager, branch=manager.branch)
    account = AccountFactory()
    for customer in (goes, third):
        AccountHolderFactory(account=account, customer=customer, joint=True)
    first = merged()
    second = merge_customers(survivor=now(stays)[0], absorbed=third, reason=WHY, by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="Undo that first"):
        undo_merge(merge=first, reason="A brother", by=manager, at=NOW)
    for merge in (second, first):
        assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW) == []
    assert {row.customer_id: row.share for row in account.holders.all()} == {
        goes.pk: Decimal("0.5"),
        third.pk: Decimal("0.5"),
    }


def test_a_share_that_a_file_changed_since_is_nobodys_to_give_back(two, merged, manager) -> None:
    stays, goes = two
    account = AccountFactory()
    for customer in (stays, goes):
        AccountHolderFactory(account=account, customer=customer, joint=True)
    merge = merged()
    account.holders.update(share="0.6")
    assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW) == ["an account that both held"]
    assert account.holders.get().share == Decimal("0.6")


def test_a_newer_wording_is_no_withdrawal(two, merged) -> None:
    stays, goes = two
    days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
    ConsentFactory(customer=goes, channel="phone", wording="v1", given_at=days[0], withdrawn_at=days[2])
    ConsentFactory(customer=goes, channel="phone", wording="v2", given_at=days[2])
    ours = ConsentFactory(customer=stays, channel="phone", wording="v1", given_at=days[1])
    merged()
    ours.refresh_from_db()
    assert ours.withdrawn_at is None


def test_an_override_that_was_ended_early_keeps_none_away(two, merged) -> None:
    stays, goes = two
    span = {"since": date(2026, 1, 1), "until": date(2026, 12, 1)}
    early = {"ended_on": date(2026, 2, 1), "ended_at": datetime(2026, 2, 1, tzinfo=UTC)}
    TierOverrideFactory(customer=stays, **span, **early)
    theirs = TierOverrideFactory(customer=goes, since=date(2026, 3, 1), until=date(2026, 12, 1))
    merged()
    theirs.refresh_from_db()
    assert theirs.customer == stays


def test_a_merge_lowers_nobody(two, merged) -> None:
    stays, goes = two
    low = TierPeriodFactory(customer=stays)
    TierPeriodFactory(
        customer=goes, tier=TierFactory(scheme=low.tier.scheme, code="gold", name="Gold", rank=low.tier.rank + 1)
    )
    with pytest.raises(RuleBroken, match="stands in Gold, above this one"):
        merged()


@pytest.mark.parametrize("status", ["queued", "running"])
def test_while_the_night_is_at_work_nobody_merges(merged, status) -> None:
    RunFactory(status=status, business_date=date(2026, 3, 31))
    with pytest.raises(RuleBroken, match="night's run is on"):
        merged()


def test_whoever_looked_after_the_merged_record_is_told(two, manager, head) -> None:
    stays, goes = two
    merge_customers(survivor=stays, absorbed=goes, reason=WHY, by=head, at=NOW)
    assert goes.number in Notification.objects.get(user=manager).text


def test_a_chain_of_merges_leads_to_the_last_and_is_undone_from_its_end(two, merged, manager) -> None:
    stays, goes = two
    third = CustomerFactory(manager=manager, branch=manager.branch)
    first = merged()
    second = merge_customers(survivor=third, absorbed=now(stays)[0], reason=WHY, by=manager, at=NOW)
    assert {row.merged_into_id for row in now(stays, goes)} == {third.pk}
    with pytest.raises(RuleBroken, match="Undo that first"):
        undo_merge(merge=first, reason="A brother", by=manager, at=NOW)
    undo_merge(merge=second, reason="A brother", by=manager, at=NOW)
    assert now(goes)[0].merged_into_id == stays.pk
    undo_merge(merge=first, reason="A brother", by=manager, at=NOW)
    assert {row.merged_into_id for row in now(stays, goes)} == {None}


@pytest.mark.parametrize(
    "change, text",
    [
        ({"kind": "company"}, "never one customer"),
        ({"status": "prospect"}, "let the other one stay"),
        ({"status": "frozen"}, "give both the status that holds"),
        ({"status": "deceased"}, "give both the status that holds"),
        ({"manager": None, "branch": None}, "in your reach"),
    ],
)
def test_what_may_not_be_merged_is_refused_with_a_sentence(two, merged, change, text) -> None:
    stays, goes = two
    Customer.objects.filter(pk=stays.pk).update(**change)
    with pytest.raises(RuleBroken, match=text):
        merged()
    assert now(goes)[0].merged_into_id is None


def test_a_reason_is_asked_for_and_a_stale_version_refused(two, merged, manager) -> None:
    stays, goes = two
    with pytest.raises(RuleBroken, match="Say why"):
        merge_customers(survivor=stays, absorbed=goes, reason=" ok ", by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="in the meantime"):
        merged(versions=(stays.version, goes.version + 1))
    with pytest.raises(RuleBroken, match="There is no field manager"):
        merged(take=["manager"])


def test_a_merged_record_takes_no_more_writes(two, merged, manager) -> None:
    _stays, goes = two
    merged()
    for act in (
        lambda: services.change_customer(customer=goes, by=manager, region="x"),
        lambda: services.log_interaction(customer=now(goes)[0], at=NOW, channel="phone", by=manager, as_of=NOW),
        lambda: merge_customers(
            survivor=goes, absorbed=CustomerFactory(manager=manager), reason=WHY, by=manager, at=NOW
        ),
    ):
        with pytest.raises(RuleBroken, match="merged into another"):
            act()


def test_the_database_lets_rows_move_along_a_merge_only(two) -> None:
    stays, goes = two
    flag, assessment, task = (
        FlagFactory(customer=goes),
        RiskAssessmentFactory(customer=goes),
        TaskFactory(customer=goes),
    )
    for row in (flag, assessment, task):
        with pytest.raises(InternalError, match="only with a merge"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(customer=stays)


def test_a_merge_is_told_once_and_undone_once(merged, manager) -> None:
    merge = merged()
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="undone already"):
        undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(reason="x")


def test_the_pair_is_closed_and_other_pairs_of_the_record_go(two, merged, manager) -> None:
    stays, goes = two
    pair = DuplicateFactory(first=stays, second=goes)
    DuplicateFactory(first=goes, second=CustomerFactory())
    merge = merged()
    assert {row.pk: row.state for row in Duplicate.objects.all()} == {pair.pk: Duplicate.State.MERGED}
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    pair.refresh_from_db()
    assert (pair.state, pair.remark) == (Duplicate.State.DISMISSED, "A brother")


def test_two_customers_is_said_once_with_a_reason(two, manager) -> None:
    pair = DuplicateFactory(first=two[0], second=two[1])
    dismiss_duplicate(duplicate=pair, reason="Father and son", by=manager, at=NOW)
    pair.refresh_from_db()
    assert (pair.state, pair.closed_by, pair.remark) == (Duplicate.State.DISMISSED, manager, "Father and son")
    with pytest.raises(RuleBroken, match="decided about this pair already"):
        dismiss_duplicate(duplicate=pair, reason="Father and son", by=manager, at=NOW)


def test_the_trail_of_both_says_who_merged_what_and_no_contact_data(two, merged, manager) -> None:
    merge = merged(take=["phone", "region"])
    events = {
        (event.customer_id, event.action): event.data
        for event in Event.objects.filter(action__startswith="customer.merged")
    }
    assert set(events) == {(two[0].pk, "customer.merged"), (two[1].pk, "customer.merged_away")}
    assert events[two[0].pk, "customer.merged"]["fields"] == ["region", "phone"]
    assert "139" not in str(events) and "139" not in str(merge.kept)
