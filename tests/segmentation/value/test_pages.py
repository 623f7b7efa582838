"""The pages and the REST of value: who sees what, and that they say the same."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from crm.approvals.models import Proposal
from segmentation.models import PolicyDraft
from tests.factories import CustomerFactory, FeeChargeFactory
from tests.segmentation.night.bank import JANUARY
from tests.segmentation.value.bank import VALUE, account, close, months, use

pytestmark = pytest.mark.django_db(transaction=True)
BESIDE = "There is a hole: nothing holds from 2026-02-01 on."


@pytest.fixture
def bank(manager):
    use()
    someone = CustomerFactory(number="C1", manager=manager, branch=manager.branch)
    saving = account(someone, "saving", {JANUARY: "1000000"})
    FeeChargeFactory(account=saving, charged_on=JANUARY, amount=Decimal(30))
    for number in range(6):
        account(CustomerFactory(number=f"D{number}"), "saving", {JANUARY: "1000"})
    close(JANUARY)
    return someone


def test_the_customer_page_says_the_value_and_its_lines(bank, manager, signed_in):
    browser = signed_in(manager)
    page = browser.get(reverse("customer", args=[bank.pk])).content.decode()
    assert "Value per year" in page and "794.38" in page.replace(",", "")
    tab = browser.get(reverse("customer", args=[bank.pk]) + "?tab=value").content.decode()
    assert "The sum of 1 closed month" in tab and "764.38" in tab and "3,574.71" in tab and "m r / (1 + d − r)" in tab
    line = browser.get(reverse("customer_value", args=[bank.pk, "fees"])).content.decode()
    assert "30.00" in line
    assert browser.get(reverse("customer_value", args=[bank.pk, "luck"])).status_code == 404
    assert browser.get(reverse("customer_value", args=[bank.pk, "fees"]) + "?month=2020-01-01").status_code == 404


def test_a_line_and_the_tab_have_a_price_that_months_do_not_raise(bank, manager, signed_in, queries):
    browser = signed_in(manager)
    tab, line = (
        reverse("customer", args=[bank.pk]) + "?tab=value",
        reverse("customer_value", args=[bank.pk, "deposits"]),
    )
    browser.get(tab)
    for name, url in (("customer:value", tab), ("customer_value", line)):
        with queries(name):
            browser.get(url)
    close(*months(2)[1:])
    with queries("customer_value"):
        browser.get(line)


def test_a_teller_sees_no_value(bank, teller, signed_in):
    teller.branch = bank.branch
    teller.save()
    page = signed_in(teller).get(reverse("customer", args=[bank.pk])).content.decode()
    assert "Value per year" not in page


def test_rest_says_the_same(bank, manager, client):
    client.force_login(manager)
    worth = client.get(f"/api/v1/customers/{bank.pk}/value/").json()
    assert worth["convention"] == "margin_at_year_end" and worth["lifetime_value"] == "3574.71"
    assert (worth["year"]["value"], worth["year"]["lines"]["fees"], worth["months"]) == (
        "794.38",
        "30.00",
        ["2026-01-01"],
    )
    parts = client.get(f"/api/v1/customers/{bank.pk}/value/deposits/?month=2026-01-01").json()
    assert (parts["amount"], [part["amount"] for part in parts["parts"]]) == ("764.38", ["764.38"])
    assert client.get(f"/api/v1/customers/{bank.pk}/value/luck/").status_code == 404


def exported(browser, url: str) -> str:
    return b"".join(browser.get(f"{url}?export=csv").streaming_content).decode("utf-8-sig")


def test_the_report_hides_a_few_from_who_sees_no_customer(bank, admin, auditor, signed_in):
    url = reverse("value_report")
    whole = exported(signed_in(auditor), url)
    rows = list(csv.DictReader(io.StringIO(whole)))
    assert "794.38" in {row["Value per year"] for row in rows}
    hidden = exported(signed_in(admin), url)
    assert "794.38" not in hidden and "hidden" in hidden
    assert "hidden" in signed_in(admin).get(url).content.decode()


def test_a_report_before_a_month_was_reckoned_says_so(admin, signed_in):
    assert "Not known yet" in signed_in(admin).get(reverse("value_report")).content.decode()
    assert "No value assumptions yet" in signed_in(admin).get(reverse("value_assumptions")).content.decode()


def test_a_draft_begins_with_what_is_in_force_says_what_is_wrong_beside_it_and_is_proposed(bank, admin, signed_in):
    browser = signed_in(admin)
    browser.post(reverse("draft_add"), {"start": "value"})
    draft = PolicyDraft.objects.get()
    assert draft.content == VALUE
    edit = reverse("draft_edit", args=[draft.pk])
    rate = {
        "rates-0-here": "1",
        "rates-0-product": "saving",
        "rates-0-customer_rate": "1",
        "rates-0-transfer_rate": "2",
    }
    posted = {"name": "Rates", "value-discount_rate": "10", "do": "save"} | rate
    page = browser.post(edit, posted | {"rates-0-until": "2026-02-01"}).content.decode()
    assert BESIDE in page and 'href="#rates-0"' in page
    browser.post(edit, posted | {"rates-0-until": ""})
    draft.refresh_from_db()
    assert draft.content["rates"] == [{"product": "saving", "customer_rate": "0.01", "transfer_rate": "0.02"}]
    assert "Customer rate" in browser.get(reverse("draft", args=[draft.pk])).content.decode()
    answer = browser.post(reverse("draft_propose", args=[draft.pk]), {"title": "Rates", "reason": "Lower"})
    assert answer.status_code == 302, answer.content.decode()
    assert Proposal.objects.get().effect["value_after"] == {"CNY": "884.41"}


def test_each_version_is_shown_in_words(bank, auditor, signed_in):
    page = signed_in(auditor).get(reverse("value_assumptions")).content.decode()
    assert "2.1 %" in page and "35.00 CNY" in page and "in force" in page
