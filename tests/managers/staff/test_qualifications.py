"""What a head says of a manager: grades, certificates, training, skills; on pages and over REST."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from managers.models import Certificate, ManagerGrade, ManagerProfile, Training
from managers.staff import services
from tests.factories import CertificateFactory, ManagerGradeFactory, TierFactory, TrainingFactory

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 1, 5)


def now():
    return timezone.now()


def test_the_next_grade_ends_the_one_before_and_the_past_stays(manager, head):
    said = {"manager": manager, "by": head, "at": now()}
    services.say_grade(grade="junior", since=date(2026, 1, 1), **said)
    services.say_grade(grade="senior", since=date(2026, 3, 1), reason="Exam passed", **said)
    rows = list(ManagerGrade.objects.order_by("since").values_list("grade", "since", "until"))
    assert rows == [("junior", date(2026, 1, 1), date(2026, 3, 1)), ("senior", date(2026, 3, 1), None)]
    assert ManagerGrade.objects.holding(date(2026, 2, 28)).get().grade == "junior"
    for field, wrong in (("since", date(2026, 3, 1)), ("since", date(2026, 1, 1))):
        with pytest.raises(RuleBroken) as refused:
            services.say_grade(grade="principal", since=wrong, **said)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="already"):
        services.say_grade(grade="senior", since=date(2026, 4, 1), **said)
    with pytest.raises(DatabaseError), transaction.atomic():
        ManagerGrade.objects.filter(grade="junior").update(grade="principal")


def test_only_a_head_says_it_and_only_of_a_manager(manager, head, teller):
    for by, whom in ((manager, manager), (head, teller)):
        with pytest.raises(RuleBroken):
            services.say_grade(manager=whom, grade="junior", since=ISSUED, by=by, at=now())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "driving"}, "kind"),
        ({"number": " "}, "number"),
        ({"number": "TAKEN"}, "number"),
        ({"issued_on": date(2098, 1, 1)}, "issued_on"),
        ({"valid_until": ISSUED - timedelta(1)}, "valid_until"),
    ],
)
def test_what_is_no_certificate_is_refused_beside_its_field(manager, head, wrong, field):
    CertificateFactory(kind="cfp", number="TAKEN")
    said = {"kind": "cfp", "number": "C1", "issued_on": ISSUED, "valid_until": None} | wrong
    with pytest.raises(RuleBroken) as refused:
        services.record_certificate(manager=manager, by=head, at=now(), **said)
    assert refused.value.field == field


def test_what_is_withdrawn_counts_no_more_and_its_number_is_free(manager, head):
    made = CertificateFactory(manager=manager, number="C1")
    assert Certificate.objects.valid(timezone.localdate()).exists()
    services.withdraw_certificate(certificate=made, reason="Another person's", by=head, at=now())
    assert not Certificate.objects.valid(timezone.localdate()).exists()
    services.record_certificate(manager=manager, kind="cfp", number="C1", issued_on=ISSUED, by=head, at=now())
    with pytest.raises(RuleBroken, match="already"):
        services.withdraw_certificate(certificate=made, reason="Again", by=head, at=now())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"hours": Decimal(0)}, "hours"), ({"hours": Decimal("1.3")}, "hours"), ({"held_on": date(2098, 1, 1)}, "held_on"), ({"title": ""}, "title")],
)  # fmt: skip
def test_what_is_no_training_is_refused_beside_its_field(manager, head, wrong, field):
    said = {"title": "Funds", "held_on": ISSUED, "hours": Decimal("4.5")} | wrong
    with pytest.raises(RuleBroken) as refused:
        services.record_training(manager=manager, by=head, at=now(), **said)
    assert refused.value.field == field


def test_a_head_says_it_on_pages_and_a_manager_reads_it(manager, head, signed_in, queries):
    TierFactory(code="gold", name="Gold")
    browser, address = signed_in(head), f"/managers/{manager.pk}"
    typed = {"kind": "cfp", "number": "C9", "issued_on": ISSUED, "valid_until": timezone.localdate() + timedelta(30)}
    assert browser.post(f"{address}/certificate/", typed).status_code == 302
    assert browser.post(f"{address}/certificate/", typed).status_code == 422
    assert browser.post(f"{address}/grade/", {"grade": "senior", "since": ISSUED}).status_code == 302
    assert (
        browser.post(f"{address}/training/", {"title": "基金适当性", "held_on": ISSUED, "hours": "4"}).status_code
        == 302
    )
    skilled = {"skills": ["fund", "insurance"], "version": 0}
    assert browser.post(f"{address}/skills/", skilled).status_code == 302
    assert browser.post(f"{address}/skills/", skilled).status_code == 422
    assert ManagerProfile.objects.get().skills == ["fund", "insurance"]

    reader = signed_in(manager)
    reader.get(f"{address}/qualifications/")
    with queries("manager_qualifications"):
        page = reader.get(f"{address}/qualifications/").text
    assert all(word in page for word in ("C9", "ends soon", "Senior", "基金适当性", "Fund, Insurance"))
    assert "Record a certificate" not in page
    with queries("certificates"):
        listed = reader.get("/managers/certificates/").text
    assert "C9" in listed
    soon = {"lapses_by": timezone.localdate() + timedelta(30)}
    assert "C9" in reader.get("/managers/certificates/", soon).text
    assert "C9" not in reader.get("/managers/certificates/", {"lapses_by": timezone.localdate()}).text
    assert "Senior" in reader.get(f"{address}/").text
    made = Certificate.objects.get()
    assert browser.post(f"/managers/certificates/{made.pk}/withdraw/", {"reason": "Typed wrongly"}).status_code == 302
    assert "Typed wrongly" in browser.get(f"{address}/qualifications/").text


def test_over_rest_the_same_is_said_and_refused(manager, head, manager2, api):
    client = api(head)
    said = {"manager": "manager", "kind": "fund", "number": "F1", "issued_on": "2026-01-05", "valid_until": None}
    made = client.post("/api/v1/certificates/", said, format="json")
    assert (made.status_code, made.json()["made_by"]) == (201, "head")
    twice = client.post("/api/v1/certificates/", said, format="json")
    assert (twice.status_code, list(twice.json()["errors"])) == (409, ["number"])
    assert client.post("/api/v1/certificates/", said | {"manager": "manager2"}, format="json").status_code == 400
    gone = client.post(f"/api/v1/certificates/{made.json()['id']}/withdraw/", {"reason": "Error"}, format="json")
    assert gone.json()["withdrawn_because"] == "Error"
    grade = {"manager": "manager", "grade": "senior", "since": "2026-01-05"}
    assert client.post("/api/v1/manager-grades/", grade, format="json").status_code == 201
    course = {"manager": "manager", "title": "Funds", "held_on": "2026-01-05", "hours": "4.5"}
    assert client.post("/api/v1/trainings/", course, format="json").status_code == 201
    assert Training.objects.get().made_by == head


def test_an_admin_proposes_what_is_asked_on_a_page(admin, manager, signed_in, queries, ask_of):
    for code in ("gold", "private", "standard"):
        TierFactory(code=code, name=code.title())
    ManagerGradeFactory(manager=manager)
    TrainingFactory(manager=manager)
    browser = signed_in(admin)
    assert "Nothing is asked of managers yet" in browser.get("/managers/standards/").text
    form = browser.get("/managers/standards/change/").text
    assert "Private: grade at least" in form and "Standard: grade at least" not in form
    typed = {"grade_gold": "intermediate", "certificates_private": ["cfp"], "reason": "From the board"}
    page = browser.post("/managers/standards/change/", typed, follow=True).text
    assert "somebody else" in page
    ask_of(gold={"grade": "senior"}, private={"grade": "senior", "certificates": ["cfp"]})
    with queries("manager_standards"):
        page = browser.get("/managers/standards/").text
    assert "Senior or higher; Certified financial planner (CFP)" in page and "Who meets it, of 1 at work" in page
