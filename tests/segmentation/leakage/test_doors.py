"""Leakage by page and REST: an admin sees counts and pseudonyms, a head the own branch, and what is wrong is refused."""

from datetime import date

import pytest
from django.urls import reverse

from crm.approvals.models import Proposal
from customers.masking import pseudonym
from customers.models import Customer
from segmentation.models import WaiverCheck, WaiverEntry
from tests.segmentation.leakage.bank import checked, corrected, pass_on

pytestmark = pytest.mark.django_db


def test_an_admin_checks_and_proposes_on_the_pages_and_reads_pseudonyms(bank, admin, signed_in):
    pass_on(bank[0], "M")
    client = signed_in(admin)
    asked = {"since": "2026-02-01", "through": "2026-02-10"}
    assert client.post(reverse("waiver_check_add"), asked).status_code == 302
    check = WaiverCheck.objects.get()
    assert "hx-get" in client.get(reverse("waiver_check", args=[check.pk])).content.decode()

    check = checked()
    page = client.get(reverse("waiver_check", args=[check.pk])).content.decode()
    listed = client.get(reverse("leaks", args=[check.pk])).content.decode()
    whole = client.get(reverse("waiver_checks")).content.decode()
    assert f'href="{reverse("waiver_check", args=[check.pk])}"' in whole and ">1</td>" in whole

    assert "12.00" in page and pseudonym("M") in listed and "/customers/" not in listed
    wish = client.post(reverse("waiver_check_correct", args=[check.pk]), {"reason": "The holder was wrong"})
    assert wish.status_code == 302
    said = client.get(wish.headers["Location"]).content.decode()
    assert "12.00 CNY" in said and Proposal.objects.get().kind == "waiver_correction"


def test_a_head_reads_the_own_reach_and_names(bank, head, signed_in, api):
    pass_on(bank[0], "M")
    check = checked()
    client = signed_in(head)
    assert "Nothing leaks" in client.get(reverse("waiver_check", args=[check.pk])).content.decode()

    Customer.objects.filter(number="M").update(branch=head.branch)

    assert "12.00" in client.get(reverse("waiver_check", args=[check.pk])).content.decode()
    rows = api(head).get(f"/api/v1/waiver-checks/{check.pk}/charges/").json()["results"]
    assert [(row["customer"], row["waived"], row["due"]) for row in rows] == [("M", "15.00", "3.00")]


def test_rest_and_page_refuse_a_span_that_is_none_beside_its_field(bank, admin, signed_in, api):
    asked = {"since": "2026-02-02", "through": "2026-02-10"}
    page = signed_in(admin).post(reverse("waiver_check_add"), asked)
    assert page.status_code == 422 and "begins on the first day" in page.content.decode()
    answer = api(admin).post("/api/v1/waiver-checks/", asked, format="json")
    assert answer.status_code == 409 and answer.json()["errors"].keys() == {"since"}
    assert not WaiverCheck.objects.exists()


def test_a_reversal_of_a_reversal_is_refused_at_each_door(bank, manager, admin, approver, signed_in, api):
    """And a waiver on a fee of another customer: what was there stays."""
    pass_on(bank[0], "M")
    corrected(checked(), admin, approver)
    back = WaiverEntry.objects.filter(reverses__isnull=False).earliest("number")
    Customer.objects.update(manager=manager, branch=manager.branch)
    count = WaiverEntry.objects.count(), Proposal.objects.count()

    page = signed_in(manager).post(reverse("waiver_reverse", args=[back.pk]), {"reason": "Error"})
    assert page.status_code == 422 and "is not reversed" in page.content.decode()
    wishes = (
        ("waiver_reversal", {"customer": "G", "entry": back.number}, "entry", "is not reversed"),
        (
            "manual_waiver",
            {"customer": "G", "charge": back.charge.number, "amount": "1.00"},
            "charge",
            "not the customer",
        ),
    )
    for kind, content, field, sentence in wishes:
        asked = {"kind": kind, "content": content, "title": "-", "reason": "-"}
        answer = api(manager).post("/api/v1/proposals/", asked, format="json")
        assert answer.status_code == 409 and sentence in answer.content.decode()
        assert field in answer.json()["errors"]
    assert (WaiverEntry.objects.count(), Proposal.objects.count()) == count


def test_a_corrected_entry_says_so_on_the_customers_page_and_in_the_decisions(
    bank, manager, admin, approver, signed_in
):
    pass_on(bank[0], "M")
    corrected(checked(), admin, approver)
    Customer.objects.update(manager=manager, branch=manager.branch)
    payer = Customer.objects.get(number="M")
    client = signed_in(manager)
    assert "correction" in client.get(f"/customers/{payer.pk}/?tab=waivers").content.decode()
    assert "waived by a correction" in client.get(f"/customers/{payer.pk}/decisions/?kind=waiver").content.decode()
    assert len(client.get("/waivers/?origin=correction").context["shown"].rows) == 2
    assert date(2026, 2, 10) == WaiverEntry.objects.latest("number").business_date
