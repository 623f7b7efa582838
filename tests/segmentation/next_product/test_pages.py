"""The suggestions on a customer's page and over REST, the answers, the offers and what became of them."""

from datetime import date

import pytest

from crm.approvals.models import Proposal
from crm.audit.models import Event
from segmentation.models import PolicyDraft, ProductAnswer, ProductOffer
from segmentation.next_product.results import results
from tests.factories import (
    ConsentFactory,
    CustomerFactory,
    ProductAnswerFactory,
    RiskAssessmentFactory,
    SuggestionFactory,
    UserFactory,
)
from tests.factories.products import MONTH
from tests.segmentation.next_product.bank import holders, offer, scheme

pytestmark = pytest.mark.django_db
REFUSED = {"answer": "refused", "reason": "no_need", "rests_until": date(2026, 9, 1)}


@pytest.fixture
def suggestion(own):
    RiskAssessmentFactory(customer=own.customer, assessed_on="2026-11-01")
    ConsentFactory(customer=own.customer)
    return SuggestionFactory(customer=own.customer)


def test_the_page_shows_the_suggestion_with_its_reason_and_takes_the_answer(
    suggestion, own, signed_in, manager, queries
):
    client, pk = signed_in(manager), own.customer.pk
    client.get(f"/customers/{pk}/")
    with queries("customer, with a next product"):
        page = client.get(f"/customers/{pk}/").content.decode()
    assert "30 % of Person · assets unknown hold it: 12 of 40." in page and "May be offered by: Branch" in page

    form = client.get(f"/next-products/{suggestion.pk}/answer/")
    answer = client.post(
        f"/next-products/{suggestion.pk}/answer/", {"answer": "refused", "channel": "branch", "reason": "no_need"}
    )

    assert form.status_code == 200 and answer.headers["Location"] == f"/customers/{pk}/"
    assert "Refused: No need" in client.get(f"/customers/{pk}/").content.decode()
    assert "Wealth: Refused" in client.get(f"/customers/{pk}/timeline/?kind=product").content.decode()
    listed = client.get("/product-answers/?answer=refused").content.decode()
    assert "No need" in listed and own.customer.name in listed


def test_a_refused_answer_stands_beside_its_field(suggestion, signed_in, manager):
    answer = signed_in(manager).post(f"/next-products/{suggestion.pk}/answer/", {"answer": "taken", "channel": "sms"})
    assert answer.status_code == 422 and "Not to be offered by SMS: no marketing consent." in answer.content.decode()


def test_who_may_not_be_contacted_may_only_say_never_again(own, signed_in, manager):
    suggestion = SuggestionFactory(customer=own.customer)
    client = signed_in(manager)

    page = client.get(f"/customers/{own.customer.pk}/").content.decode()
    form = client.get(f"/next-products/{suggestion.pk}/answer/").content.decode()

    assert "Not to be offered: no risk assessment" in page and "Taken" not in form and "Never again" in form
    answer = client.post(f"/next-products/{suggestion.pk}/answer/", {"answer": "never", "channel": "phone"})
    assert answer.status_code == 302 and ProductAnswer.objects.get().answer == "never"
    assert "Record answer" not in client.get(f"/customers/{own.customer.pk}/").content.decode()


def test_why_tells_what_similar_customers_hold(suggestion, own, signed_in, manager, queries):
    client = signed_in(manager)
    client.get(f"/customers/{own.customer.pk}/next-products/")
    with queries("customer_next_products"):
        page = client.get(f"/customers/{own.customer.pk}/next-products/").content.decode()
    for words in (
        "40",
        "What similar customers hold",
        "Wealth",
        "30 %",
        "Offered by version 1 to: Every customer whom it suits",
    ):
        assert words in page, words


def test_rest_shows_the_suggestions_and_takes_an_answer_once_each(suggestion, own, api, manager):
    client, pk = api(manager), own.customer.pk

    (shown,) = client.get(f"/api/v1/customers/{pk}/next-products/").json()
    posted = {
        "customer": own.customer.number,
        "product": "wealth",
        "answer": "later",
        "channel": "branch",
        "again_on": "2026-12-24",
    }
    made = client.post("/api/v1/product-answers/", posted, format="json")
    wrong = client.post("/api/v1/product-answers/", posted | {"channel": "email"}, format="json")
    unknown = client.post("/api/v1/product-answers/", posted | {"product": "none"}, format="json")

    assert {name: shown[name] for name in ("product", "rank", "holding", "asked", "basis", "channels", "against")} == {
        "product": "wealth", "rank": 1, "holding": 12, "asked": 40, "basis": None, "channels": ["branch"], "against": "",
    }  # fmt: skip
    assert (made.status_code, made.json()["rests_until"], made.json()["is_found"]) == (201, "2026-12-24", False)
    assert (wrong.status_code, unknown.status_code) == (409, 404)
    offers = client.get("/api/v1/product-offers/?product=wealth").json()["results"]
    assert [row["sentence"] for row in offers] == ["Every customer whom it suits"]


def test_an_admin_begins_a_draft_of_an_offer_and_proposes_it(admin, approver, signed_in, own):
    scheme()
    client = signed_in(admin)
    holders(1, "current")
    offer({"product": "fund", "tiers": ["mass"]})
    fund = ProductOffer.objects.get(product__code="fund").product
    listed = client.get("/product-offers/").content.decode()
    assert "Offered" in listed and "Mass" in listed and "never offered" in listed

    begun = client.post(f"/product-offers/{fund.pk}/change/", follow=True)
    draft = PolicyDraft.objects.get()
    posted = {"product_offer-product": "fund", "product_offer-tiers": "mass", "when-kind": "test", "when-field": "age",
              "when-op": ">=", "when-value": "18", "when-unknown": "false", "do": "look"}  # fmt: skip
    client.post(f"/drafts/{draft.pk}/edit/", posted)
    page = client.get(f"/drafts/{draft.pk}/").content.decode()

    assert begun.status_code == 200 and draft.base == 1
    assert "ready to propose" in page and "Mass; age is at least 18" in page
    client.post(f"/drafts/{draft.pk}/propose/", {"title": "Fund", "reason": "The law"})
    proposal = Proposal.objects.get()
    assert proposal.what.sentences(proposal)[0] == "Offer of “Fund”, from the next night on: Rule."
    client = signed_in(approver)
    approved = client.post(f"/proposals/{proposal.pk}/approve/", {"content_hash": proposal.content_hash})
    assert approved.status_code == 302
    assert list(ProductOffer.objects.order_by("number").values_list("number", "proposal")) == [
        (1, None),
        (2, proposal.pk),
    ]


def test_a_wrong_offer_says_so_beside_the_field(admin, signed_in):
    client = signed_in(admin)
    client.post("/drafts/new/", {"start": "product_offer"})
    draft = PolicyDraft.objects.get()
    page = client.post(f"/drafts/{draft.pk}/edit/", {"product_offer-product": "nothing", "do": "save"}).content.decode()
    assert "No product is called “nothing”." in page or "no product is called “nothing”." in page


def answers(count: int, manager, **said) -> None:
    for _ in range(count):
        suggestion = SuggestionFactory(customer=CustomerFactory(manager=manager, branch=manager.branch))
        if said:
            ProductAnswerFactory(suggestion=suggestion, by=manager, **said)


def test_results_count_what_was_said_last_and_hide_small_cells(manager, admin, head):
    answers(12, manager, answer="taken")
    answers(6, manager, answer="later")
    answers(7, manager, **REFUSED)
    answers(20, manager)
    line = results(MONTH, admin).lines[0]

    assert (line.suggested, line.offered, line.rate) == (45, 25, 48)
    assert line.interval == (30, pytest.approx(66.5, abs=0.1))
    assert line.cells["refused:no_need"] == 7
    answers(1, manager, answer="never", rests_until=None)
    hidden = results(MONTH, admin).lines[0]
    assert hidden.cells["never"] is None and hidden.suggested is not None
    assert sum(cell is None for cell in hidden.cells.values()) >= 2
    assert results(MONTH, UserFactory(head=True)).lines == []
    assert results(MONTH, head).lines[0].suggested == 46


def test_an_account_that_nobody_had_offered_counts_apart(manager, admin):
    answers(6, manager)
    for each in range(6):
        suggestion = SuggestionFactory(customer=CustomerFactory(manager=manager, number=f"U{each}"))
        ProductAnswerFactory(suggestion=suggestion, answer="taken", by=None, channel="")
    line = results(MONTH, admin).lines[0]
    assert (line.cells["unasked"], line.cells["taken"], line.offered, line.rate) == (6, 0, 0, None)


def test_the_page_of_results_is_exported_with_a_trace(manager, head, signed_in, queries):
    answers(12, manager, answer="taken")
    answers(8, manager, **REFUSED)
    client = signed_in(head)

    with queries("next_products"):
        page = client.get("/next-products/").content.decode()
    file = b"".join(client.get("/next-products/?export=csv")).decode("utf-8-sig").splitlines()

    assert "60.0 %" in page and "Wealth" in page
    assert file[1].startswith("Wealth,20,20,60.0,")
    assert Event.objects.filter(action="suggestion.exported").count() == 1


def test_before_the_first_closed_month_the_pages_say_what_they_are(admin, signed_in, own, manager):
    assert "Nothing was suggested yet" in signed_in(admin).get("/next-products/").content.decode()
    page = signed_in(manager).get(f"/customers/{own.customer.pk}/next-products/").content.decode()
    assert "Nothing is suggested" in page
