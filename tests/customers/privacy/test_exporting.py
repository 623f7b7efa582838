"""The file of everything: whole, of one customer only, sealed, for who may, and for some days."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from customers.models import SubjectExport
from customers.privacy.exporting import ask_export, let_go, make, take_along
from customers.privacy.paper import page_of
from customers.privacy.periods import EXPORT_DAYS
from tests.customers.privacy.conftest import ADDRESS, NAME, OLD_NAME, PHONE
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    FlagFactory,
    HouseholdMemberFactory,
    SubjectExportFactory,
    TransactionFactory,
)
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def made(known, head):
    def _made(**kwargs) -> SubjectExport:
        export = ask_export(customer=known, reason="Asked at the counter", by=head, at=now(), **kwargs)
        make(export.run)
        export.refresh_from_db()
        return export

    return _made


def parts(content: dict) -> dict[str, list]:
    return {part["name"]: part["rows"] for part in content["parts"]}


def test_the_file_has_what_every_app_holds_of_the_customer(made, head) -> None:
    export = made()
    found = parts(take_along(export=export, kind="json", by=head, at=now()))
    assert (found["record"][0]["name"], found["contact"][0]["phone"]) == (NAME, PHONE)
    assert OLD_NAME in [row["name"] for row in found["earlier-records"]]
    assert f"{NAME}喜欢咖啡" in [row["note"] for row in found["contacts"]]
    assert found["tier-overrides"] and found["tasks"] and found["waivers"] and found["trail"]
    assert export.run.status == Run.Status.COMPLETED and export.run.rows_done == export.run.rows_total
    assert export.rows == sum(map(len, found.values()))


def test_other_people_in_it_are_masked_and_their_own_rows_are_not_in_it(known, made, head) -> None:
    wife = CustomerFactory(name="诸葛明月")
    account, elsewhere = AccountFactory(), AccountFactory()
    for customer, share in ((known, "0.5"), (wife, "0.5")):
        AccountHolderFactory(account=account, customer=customer, role="joint", share=share)
    AccountHolderFactory(account=elsewhere, customer=wife)
    AccountHolderFactory(account=elsewhere, customer=known, role="authorised", share=0)
    TransactionFactory(account=account, number="SHARED")
    TransactionFactory(account=elsewhere, number="HERS")
    HouseholdMemberFactory(customer=wife, household=known.households.get().household)
    content = take_along(export=made(), kind="json", by=head, at=now())
    found = parts(content)
    assert "诸葛明月" not in json.dumps(content, ensure_ascii=False)
    assert [row["customer__name"] for row in found["household-members"]] == ["诸***"]
    assert [row["number"] for row in found["transactions"]] == ["SHARED"]


def test_nothing_tells_whether_a_case_is_kept_from_the_customer(known, made, head) -> None:
    without = take_along(export=made(), kind="json", by=head, at=now())
    FlagFactory(customer=known, kind="fraud_case", source="Case 77")
    RiskRatingFactory(customer=known, is_case=True, level="high", reason="Case 78")
    KycReviewFactory(customer=known, is_case=True)
    Event.objects.create(at=now(), action="kyc.case_opened", actor_label="x", customer_id=known.pk)
    content = take_along(export=made(), kind="json", by=head, at=now())
    text = json.dumps(content, ensure_ascii=False)
    assert "fraud" not in json.dumps(parts(content)["flags"]) and "Case 7" not in text
    assert "kyc" not in json.dumps(parts(content)) and content["withheld"] == without["withheld"]
    assert [row["action"] for row in parts(content)["trail"] if row["action"].startswith("flag")] == []


def test_the_file_and_the_page_speak_the_customers_language(known, made, head) -> None:
    type(known).objects.filter(pk=known.pk).update(language="zh-CN")
    content = take_along(export=made(), kind="html", by=head, at=now())
    page = page_of(content)
    assert content["language"] == "zh-hans"
    assert NAME in page and ADDRESS in page and "联系" in page and 'lang="zh-hans"' in page
    assert "None" not in page
    assert "2026-11-23" in page_of(content | {"asked_at": "2026-11-22T16:30:00Z"})


def test_the_file_lies_sealed_in_the_database(made) -> None:
    export = made()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM customers_subjectexport WHERE id = %s", [export.pk])
        sealed = bytes(cursor.fetchone()[0])
    assert NAME.encode() not in sealed and PHONE.encode() not in sealed


def test_only_who_asked_or_a_head_takes_it_along_and_each_time_is_recorded(known, manager, head, made) -> None:
    export = made()
    with pytest.raises(RuleBroken, match="Only who asked"):
        take_along(export=export, kind="json", by=manager, at=now())
    take_along(export=export, kind="html", by=head, at=now())
    event = Event.objects.get(action="subject_export.taken")
    assert (event.kind, event.customer_id, event.actor_id, event.data["form"]) == ("export", known.pk, head.pk, "html")
    mine = SubjectExportFactory(customer=known, asked_by=manager)
    assert take_along(export=mine, kind="json", by=manager, at=now())


def test_after_its_days_the_file_is_gone_and_the_request_stays(head, made) -> None:
    export = made()
    late = now() + timedelta(days=EXPORT_DAYS, minutes=1)
    with pytest.raises(RuleBroken, match="not kept any more"):
        take_along(export=export, kind="json", by=head, at=late)
    assert let_go(at=now()) == 0
    assert let_go(at=late) == 1
    export.refresh_from_db()
    assert (export.content, export.is_kept, export.reason) == ("", False, "Asked at the counter")


def test_one_export_at_a_time_and_only_with_a_reason(known, head) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        ask_export(customer=known, reason="  x ", by=head, at=now())
    ask_export(customer=known, reason="Asked by letter", by=head, at=now())
    with pytest.raises(RuleBroken, match="being made already"):
        ask_export(customer=known, reason="Asked by letter", by=head, at=now())


def test_an_export_that_fails_keeps_nothing_and_can_be_asked_for_again(known, head, monkeypatch) -> None:
    export = ask_export(customer=known, reason="Asked by letter", by=head, at=now())
    monkeypatch.setattr("customers.privacy.exporting.content_of", lambda *args, **kwargs: 1 / 0)
    make(export.run)
    export.run.refresh_from_db()
    assert export.run.status == Run.Status.FAILED
    monkeypatch.undo()
    assert ask_export(customer=known, reason="Asked by letter", by=head, at=now())


def test_the_role_that_serves_may_make_one(known, made, head, as_app_role) -> None:
    assert take_along(export=made(), kind="json", by=head, at=now())["customer"] == known.number


def test_birth_dates_and_amounts_are_written_for_programs(known, made, head) -> None:
    row = parts(take_along(export=made(), kind="json", by=head, at=now()))["record"][0]
    assert row["birth_date"] == str(date(1988, 5, 15))
