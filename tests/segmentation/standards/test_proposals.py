"""Four eyes: standards from a draft to a version that never changes, and exceptions for one customer."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.models import Benefit, EntitlementOverride, PolicyDraft, ServiceStandard
from segmentation.services.policies import apply_policy
from segmentation.standards.entitlements import entitlements_of
from segmentation.standards.proposals import STANDARD
from tests.segmentation.night.bank import customer_with, nights, policy
from tests.segmentation.standards.bank import CARD, LOUNGE, benefit, line, stand, standards, use

pytestmark = pytest.mark.django_db
D1 = date(2026, 1, 30)


@pytest.fixture
def bank(db):
    policy(("mass", None, 0), ("gold", "1000", 0))
    customer_with({date(2026, 1, 1): "5000"}, number="A")
    nights(D1, date(2026, 1, 31))


def proposed(by, content: dict, **more) -> Proposal:
    return propose(kind="service_standards", content=content, title="Standards", reason="A new year", by=by, **more)


def approved(proposal: Proposal, by):
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=by)


def test_what_is_approved_holds_from_the_next_night_and_says_whom_it_concerns(bank, admin, approver):
    proposal = proposed(admin, standards(line("gold", "card"), gold_card={"benefit": "card"}))
    assert proposal.effect == {"cards_before": 0, "cards_after": 0, "data_date": "2026-01-31"}
    assert proposal.what.sentences(proposal)[0] == "Service standards, from the next night on: the first version."

    approved(proposal, approver)
    nights(date(2026, 2, 1), date(2026, 2, 1))
    again = proposed(admin, standards(line("mass", "card"), line("gold", "card"), gold_card={"benefit": "card"}))

    version = ServiceStandard.objects.get()
    assert (version.number, version.effective_from, version.proposal) == (1, date(2026, 2, 1), proposal)
    assert {each.code for each in Benefit.objects.all()} == {"lounge", "card"}
    assert again.base_version == "service_standards:1" and again.effect["cards_before"] == 1
    assert [(each.what, each.before, each.after) for each in STANDARD.changes(again)] == [
        ("Mass, Gold card", "", "As often as wished")
    ]


def test_a_version_of_a_date_is_built_on_what_holds_then_and_the_same_again_is_refused(bank, admin):
    content = standards(line("gold", quota=2))
    apply_policy(content={"effective_from": "2026-02-01", "service_standards": content}, by="setup")
    with pytest.raises(RuleBroken, match="in force already"):
        proposed(admin, content, effective_from=date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="nights before"):
        proposed(admin, standards(), effective_from=date(2026, 1, 15))


def test_after_an_approved_version_standards_change_by_proposal_alone(bank, admin, approver):
    approved(proposed(admin, standards()), approver)

    with pytest.raises(RuleBroken, match="by proposal alone"):
        use(line("gold"))
    content = standards(line("gold"))
    with pytest.raises(IntegrityError, match="by proposal alone"), transaction.atomic():
        ServiceStandard.objects.create(
            number=9, effective_from=D1, content=content, content_hash=digest(content), proposal=None
        )
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        ServiceStandard.objects.update(content={})


@pytest.mark.parametrize(("content", "path", "sentence"), [
    (standards(line("silver")), "service_standards.lines[0].tier", "no scheme has a tier “silver”"),
    (standards(line("gold", "spa")), "service_standards.lines[0].benefit", "no benefit of these standards"),
    (standards(line("gold"), line("gold")), "service_standards.lines[1]", "stands here twice"),
    (standards(line("gold") | {"quota": 2}), "service_standards.lines[0].per", "said together"),
    (standards(line("gold", quota=2) | {"quota": "2"}), "service_standards.lines[0].quota", "a whole number"),
    (standards(line("gold", shared="yes")), "service_standards.lines[0].shared", "true or false"),
    (standards(gold_card={"benefit": "spa"}), "service_standards.gold_card.benefit", "no benefit of these standards"),
    (standards(products=[{"product": "gone", "tier": "gold"}]), "service_standards.products[0].product", "no product"),
    (standards(products=[{"product": "x"}]), "service_standards.products[0].tier", "one of the two"),
    (standards(products=[{"product": "x", "tier": "gold", "rate": "2"}]), "service_standards.products[0].rate", "rate"),
    ({"benefits": [LOUNGE | {"channel": "owl"}]}, "service_standards.benefits[0].channel", "one of branch"),
    ({"benefits": [LOUNGE, LOUNGE]}, "service_standards.benefits[1]", "stands here twice"),
    ({"benefits": [LOUNGE | {"code": ["x"]}]}, "service_standards.benefits[0].code", "a code of"),
    ({"benefits": "all"}, "service_standards.benefits", "a list"),
    ({"gifts": []}, "service_standards.gifts", "unknown"),
    ([], "service_standards", "a JSON object"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(bank, admin, content, path, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        proposed(admin, content)
    assert refused.value.field == path
    assert not ServiceStandard.objects.exists()


def asked(by, **changed) -> Proposal:
    today = timezone.localdate()
    content = {
        "customer": "1001", "benefit": "lounge", "kind": "grant", "quota": 2, "per": "month",
        "since": str(today), "until": str(today + timedelta(days=30)),
    }  # fmt: skip
    return propose(kind="entitlement_override", content=content | changed, title="-", reason="Kept waiting", by=by)


def test_an_exception_is_asked_for_by_one_and_granted_by_another(own, manager, approver):
    use()
    proposal = asked(manager)
    assert "is given “Lounge”, 2 times a month." in proposal.what.sentences(proposal)[0]

    approved(proposal, approver)

    override = EntitlementOverride.objects.get()
    assert (override.reason, override.approved_by, override.proposal) == ("Kept waiting", approver, proposal)
    found = entitlements_of(own.customer, timezone.localdate()).of(benefit())
    assert (found.best.origin, found.best.left) == ("override", 2)

    end = propose(
        kind="entitlement_override_end",
        content={"customer": "1001", "override": override.pk, "on": str(timezone.localdate() + timedelta(days=1))},
        title="-",
        reason="Over",
        by=manager,
    )
    approved(end, approver)
    assert not entitlements_of(own.customer, timezone.localdate() + timedelta(days=1)).found


@pytest.mark.parametrize(("changed", "field"), [
    ({"benefit": "spa"}, "benefit"), ({"kind": "gift"}, "kind"), ({"quota": 0}, "quota"), ({"quota": ""}, "quota"),
    ({"per": "week"}, "per"), ({"kind": "withdrawal"}, "quota"), ({"since": "soon"}, "since"),
    ({"until": "2026-01-01"}, "until"), ({"until": "2099-01-01"}, "until"), ({"customer": "2002"}, "customer"),
    ({"quota": True}, "quota"),
])  # fmt: skip
def test_an_exception_that_is_wrong_is_refused_beside_its_field(own, other, manager, changed, field):
    use()
    with pytest.raises(RuleBroken) as refused:
        asked(manager, **changed)
    assert refused.value.field == field


def test_two_exceptions_of_a_benefit_do_not_stand_at_once(own, manager, approver):
    use()
    approved(asked(manager), approver)
    with pytest.raises(RuleBroken, match="for these days already"):
        asked(manager, kind="withdrawal", quota="", per="")


def test_a_draft_is_written_row_by_row_and_each_wrong_place_stands_beside_its_input(bank, admin, signed_in):
    client = signed_in(admin)
    client.post("/drafts/new/", {"start": "standards"})
    draft = PolicyDraft.objects.get()
    assert (draft.kind, draft.base) == ("service_standards", 0)
    posted = {
        "benefit-0-here": "1", "benefit-0-code": "lounge", "benefit-0-name": "Lounge",
        "line-0-here": "1", "line-0-tier": "gold", "line-0-benefit": "lounge", "line-0-quota": "2",
        "line-1-here": "1", "line-1-tier": "silver", "line-1-benefit": "lounge",
        "standards-gold_card-benefit": "card",
    }  # fmt: skip

    page = client.post(f"/drafts/{draft.pk}/edit/", posted | {"do": "save"}).content.decode()

    for place in ("standards-gold_card-benefit", "line-0", "line-1"):
        assert f'<a href="#{place}">' in page, place
    assert page.count("No scheme has a tier “silver”") == 2 and "said together" in page
    posted |= {
        "line-0-per": "year",
        "standards-gold_card-benefit": "lounge",
        "line-1-tier": "mass",
        "line-1-shared": "on",
    }
    answer = client.post(f"/drafts/{draft.pk}/edit/", posted | {"do": "look"})
    assert answer.status_code == 302
    shown = client.get(f"/drafts/{draft.pk}/").content.decode()
    assert "ready to propose" in shown and "2 times a year" in shown and "Try it" not in shown
    assert client.post(f"/drafts/{draft.pk}/propose/", {"title": "New", "reason": "New year"}).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.content["lines"][0] == {"tier": "gold", "benefit": "lounge", "quota": 2, "per": "year"}


def test_rows_are_added_moved_and_taken_away(admin, signed_in):
    use(line("gold", quota=2), line("mass"))
    client = signed_in(admin)
    client.post("/drafts/new/", {"start": "standards"})
    draft = PolicyDraft.objects.get()
    for button in ("line-down:0", "benefit-remove:1", "product-add", "line-add"):
        page = client.get(f"/drafts/{draft.pk}/edit/").context["form"]
        posted = {}
        for rows in (page.benefit_rows, page.rows, page.product_rows):
            for row in rows:
                posted |= {f"{row.name}-here": "1"} | {each.name: each.value for each in row.inputs if each.value}
        client.post(f"/drafts/{draft.pk}/edit/", posted | {"do": button})
    draft.refresh_from_db()
    assert [row["tier"] for row in draft.content["lines"]] == ["mass", "gold", "gold"]
    assert draft.content["benefits"] == [LOUNGE] and draft.content["products"] == [{}]


def test_an_older_version_is_proposed_again_as_a_new_one(admin, approver, signed_in):
    use(line("gold", quota=2), start=date(2026, 1, 1))
    use(line("gold", quota=9), start=date(2026, 2, 1))
    first = ServiceStandard.objects.get(number=1)
    client = signed_in(admin)
    page = client.get(f"/service-standards/{first.pk}/?against=2").content.decode()
    assert "2 times a month" in page and "9 times a month" in page

    answer = client.post(f"/service-standards/{first.pk}/again/", {"reason": "It cost too much"})

    proposal = Proposal.objects.get()
    assert answer.status_code == 302 and proposal.content == first.content
    approved(proposal, approver)
    assert ServiceStandard.objects.get(number=3).content == first.content


def test_the_sheet_of_a_customer_speaks_of_the_card(own, signed_in, manager):
    use(line("gold", "card"), gold_card={"benefit": "card", "frozen": True, "watch_months": 2}, benefits=[CARD])
    stand(own.customer, "gold")
    page = signed_in(manager).get("/service-standards/").content.decode()
    assert "the customer or their money is frozen; on watch for 2 months" in page
