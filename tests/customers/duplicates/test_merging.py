"""Two records become one, and two again: nothing is lost, and nothing is given to the wrong one."""

from datetime import date, timedelta

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
from managers.models import Opportunity, Referral, Task
from segmentation.models import FreeAccount, ProductAnswer, TierOverride
from tests.customers.duplicates.conftest import NOW, WHY, now
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    ConsentFactory,
    CustomerFactory,
    DuplicateFactory,
    FlagFactory,
    FreeAccountFactory,
    HouseholdMemberFactory,
    InteractionFactory,
    OpportunityFactory,
    ProductAnswerFactory,
    ReferralFactory,
    RiskAssessmentFactory,
    RunFactory,
    SuggestionFactory,
    TaskFactory,
    TierFactory,
    TierOverrideFactory,
    TierPeriodFactory,
)

pytestmark = pytest.mark.django_db


def state(*customers: Customer) -> list[dict]:
    """All that is kept of the customers and hangs on them, but for versions and moments."""
    left_out = {"version", "updated_at", "id", "holder_id"}

    def values(rows) -> list[dict]:
        return [{k: v for k, v in row.items() if k not in left_out} for row in rows.order_by("pk").values()]

    found = []
    for customer in customers:
        rows = [
            model.objects.filter(customer=customer)
            for model in (
                Interaction,
                Consent,
                Flag,
                RiskAssessment,
                Task,
                Opportunity,
                TierOverride,
                FreeAccount,
                ProductAnswer,
            )
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
    OpportunityFactory(customer=goes)
    ReferralFactory(customer=goes)
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
        OpportunityFactory,
        ReferralFactory,
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
    for model in (RiskAssessment, Task, Opportunity, Referral, TierOverride, FreeAccount, Consent, Flag):
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
