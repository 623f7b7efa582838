"""Opportunities on pages, in files and over REST: the same rows, the same verbs, within reach."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.audit.models import Event
from managers.models import Opportunity
from tests.factories import CustomerFactory, OpportunityFactory, ProductFactory, RiskAssessmentFactory

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=60)
API = "/api/v1/opportunities/"


@pytest.fixture
def sale(own) -> Opportunity:
    """Of 200,000 CNY in a current account, to be closed in two months."""
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate())
    return OpportunityFactory(customer=own.customer, close_on=LATER)


def test_the_list_shows_what_is_open_in_reach_with_its_sums(sale, own, other, signed_in, manager, queries):
    OpportunityFactory(customer=own.customer, amount=Decimal("1000"), currency="USD", close_on=LATER)
    OpportunityFactory(customer=own.customer, won=True, product=ProductFactory(code="sold"))
    OpportunityFactory(customer=other.customer, product=ProductFactory(code="elsewhere"))
    client = signed_in(manager)
    with queries("pipeline"):
        page = client.get("/pipeline/").content.decode()
    assert "200,000.00" in page and "20,000.00" in page and "1,000.00" in page
    assert ">Sold</a>" not in page and ">Elsewhere</a>" not in page
    assert ">Sold</a>" in client.get("/pipeline/", {"stage": "won"}).content.decode()
    assert ">Sold</a>" in client.get("/pipeline/", {"which": "all"}).content.decode()
    assert "No open opportunity" not in page


def test_what_was_expected_earlier_is_overdue(sale, own, signed_in, manager):
    OpportunityFactory(customer=own.customer, close_on=timezone.localdate() - timedelta(days=1), product=ProductFactory(code="late"))  # fmt: skip
    page = signed_in(manager).get("/pipeline/", {"which": "overdue"}).content.decode()
    assert ">Late</a>" in page and "overdue" in page and f"/pipeline/{sale.pk}/" not in page


def test_the_file_has_amounts_and_currencies(sale, signed_in, manager):
    text = b"".join(signed_in(manager).get("/pipeline/?export=csv")).decode("utf-8-sig")
    assert "200000.00" in text and "CNY" in text and str(sale.customer) in text


def test_a_manager_opens_one_and_the_reason_of_a_refusal_stands_beside_the_product(own, signed_in, manager):
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate())
    url, risky = f"/customers/{own.customer.pk}/opportunities/add/", ProductFactory(code="equity", risk=5)
    typed = {"product": risky.pk, "amount": "5000", "currency": "CNY", "stage": "new", "close_on": LATER.isoformat(),
             "source": "event", "owner": "", "probability": ""}  # fmt: skip
    client = signed_in(manager)
    refused = client.post(url, typed)
    assert refused.status_code == 422 and "risk R5 is above C3" in refused.context["form"].errors["product"][0]
    done = client.post(url, typed | {"product": ProductFactory().pk}, follow=True).content.decode()
    sale = Opportunity.objects.get()
    assert (sale.owner, sale.amount, sale.source) == (manager, Decimal("5000"), "event")
    assert "The opportunity is open." in done and "History" in done


def test_a_stale_form_keeps_what_was_typed(sale, signed_in, manager):
    Opportunity.objects.filter(pk=sale.pk).update(version=3)
    client, url = signed_in(manager), f"/pipeline/{sale.pk}/lose/"
    typed = {"lost_reason": "other", "lost_words": "Moved abroad", "version": "1"}
    refused = client.post(url, typed)
    assert refused.status_code == 422 and "Moved abroad" in refused.content.decode()
    assert client.post(url, typed | {"version": "3"}).status_code == 302
    sale.refresh_from_db()
    assert (sale.stage, sale.lost_words) == ("lost", "Moved abroad")


def test_its_page_tells_the_history_and_the_look_is_kept(sale, signed_in, manager, auditor, queries):
    client = signed_in(manager)
    client.post(f"/pipeline/{sale.pk}/move/", {"stage": "qualified", "version": "1"})
    with queries("opportunity"):
        page = client.get(f"/pipeline/{sale.pk}/").content.decode()
    assert "New → <strong>Qualified</strong>" in page and f"/pipeline/{sale.pk}/move/" in page
    assert Event.objects.filter(kind="read", object_type="managers.opportunity").exists()
    assert f"/pipeline/{sale.pk}/move/" not in signed_in(auditor).get(f"/pipeline/{sale.pk}/").content.decode()


def test_the_customers_page_and_the_timeline_tell_it_to_who_may_read_it(sale, own, signed_in, manager, teller):
    here = f"/customers/{own.customer.pk}/"
    page = signed_in(manager).get(here).content.decode()
    assert f"/pipeline/{sale.pk}/" in page and "200,000.00" in page
    assert f"/pipeline/{sale.pk}/" not in signed_in(teller).get(here).content.decode()
    tab = signed_in(manager).get(here, {"tab": "pipeline"}).content.decode()
    assert "New opportunity" in tab and f"/customers/{own.customer.pk}/opportunities/add/" in tab
    timeline = here + "timeline/"
    assert "Opportunity: New" in signed_in(manager).get(timeline, {"kind": "opportunity"}).content.decode()
    assert "Opportunity: New" not in signed_in(teller).get(timeline).content.decode()


def test_nobody_out_of_reach_sees_or_moves_it(sale, api, signed_in, manager2):
    client, rest = signed_in(manager2), api(manager2)
    assert f"/pipeline/{sale.pk}/" not in client.get("/pipeline/", {"which": "all"}).content.decode()
    assert rest.get(API).json()["results"] == []
    for name in ("", "change/", "move/", "lose/", "reopen/"):
        assert client.get(f"/pipeline/{sale.pk}/{name}").status_code == 404, name
    assert client.post(f"/pipeline/{sale.pk}/place/", {"stage": "qualified", "version": "1"}).status_code == 404
    for name in ("move", "lose", "reopen"):
        body = {"version": 1, "stage": "qualified", "lost_reason": "price", "reason": "x"}
        assert rest.post(f"{API}{sale.pk}/{name}/", body, format="json").status_code == 404, name
    assert rest.patch(f"{API}{sale.pk}/", {"amount": "1"}, headers={"If-Match": "*"}).status_code == 404
    sale.refresh_from_db()
    assert (sale.stage, sale.version) == ("new", 1)


def test_rest_opens_once_changes_and_moves(own, api, manager):
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate())
    client, product = api(manager), ProductFactory()
    body = {"customer": own.customer.number, "product": product.code, "amount": "1234.50", "close_on": str(LATER)}
    key = {"Idempotency-Key": "sale-1"}
    made = client.post(API, body, format="json", headers=key)
    again = client.post(API, body, format="json", headers=key)
    assert (made.status_code, made.json()) == (201, again.json()) and Opportunity.objects.count() == 1
    assert (made.json()["amount"], made.json()["weighted"], made.json()["owner"]) == ("1234.50", "123.45", "manager")

    url, tag = f"{API}{made.json()['id']}/", made["ETag"]
    assert client.patch(url, {"amount": "2"}, format="json").status_code == 428
    bad = client.patch(url, {"amount": "-2"}, format="json", headers={"If-Match": tag})
    assert (bad.status_code, bad.json()["errors"].keys()) == (409, {"amount"})
    changed = client.patch(url, {"amount": "2000"}, format="json", headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["weighted"], changed["ETag"]) == (200, "200.00", '"2"')
    assert client.patch(url, {"amount": "3"}, format="json", headers={"If-Match": tag}).status_code == 412

    stale = client.post(f"{url}move/", {"stage": "won", "version": 1}, format="json")
    moved = client.post(f"{url}move/", {"stage": "won", "version": 2}, format="json")
    assert (stale.status_code, moved.status_code, moved.json()["stage"]) == (409, 200, "won")
    steps = client.get(f"{url}moves/").json()["results"]
    assert [(step["from_stage"], step["to_stage"]) for step in steps] == [("new", "won"), ("", "new")]
    assert [row["id"] for row in client.get(API, {"stage": "won"}).json()["results"]] == [made.json()["id"]]


def test_rest_takes_no_customer_out_of_reach(api, manager):
    stranger = CustomerFactory()
    body = {"customer": stranger.number, "product": ProductFactory().code, "amount": "1", "close_on": str(LATER)}
    refused = api(manager).post(API, body, format="json")
    assert (refused.status_code, refused.json()["errors"].keys()) == (400, {"customer"})


def test_the_admin_site_shows_both_tables(sale, own, signed_in, auditor):
    assert own.customer.name in signed_in(auditor).get("/admin/managers/opportunity/").content.decode()
    assert signed_in(auditor).get("/admin/managers/stagemove/").status_code == 200
