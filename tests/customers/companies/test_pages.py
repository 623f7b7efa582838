"""The pages of a company: what each role reads and types, and what is never shown to who may not see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.audit.models import Event
from customers.models import CompanyFigure, CompanyRelation, ContactPerson, FigureKind, OutsideParty, SiteVisit
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    CompanyFigureFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ContactPersonFactory,
    CreditLimitFactory,
    CustomerFactory,
    GroupLimitFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    ProductFactory,
    RenewalFactory,
    SiteVisitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(manager):
    return CustomerFactory(company=True, name="Lake Steel", manager=manager, branch=manager.branch)


@pytest.fixture
def told(firm):
    """Two years of revenue that fell by a quarter, and one of everything else."""
    for year, value in ((2024, 400), (2025, 300)):
        CompanyFigureFactory(customer=firm, since=date(year, 1, 1), value=Decimal(value))
    for make in (ContactPersonFactory, SiteVisitFactory, CompanyNewsFactory, CreditLimitFactory, GuaranteeFactory,
                 RenewalFactory, CompanyRelationFactory):  # fmt: skip
        make(customer=firm)
    return firm


def test_the_tab_of_a_company_shows_its_figures_and_what_alarms(told, signed_in, manager, queries) -> None:
    browser = signed_in(manager)
    with queries("customer:company"):
        page = browser.get(f"/customers/{told.pk}/?tab=company")
    assert "300.00" in page.text and "\u221225.0 %" in page.text and "Chief accountant" in page.text
    assert "139****5678" in page.text and "13912345678" not in page.text and "wang@example.com" not in page.text
    assert "Two of three lines at work" in page.text and "Won an order" in page.text


def test_the_tab_of_limits_says_what_is_used(told, signed_in, manager, queries) -> None:
    loan = AccountFactory(holder=told, product=ProductFactory(loan=True))
    BalanceFactory(account=loan, on=date(2026, 1, 1), amount=Decimal(1234))
    browser = signed_in(manager)
    with queries("customer:limits"):
        page = browser.get(f"/customers/{told.pk}/?tab=limits")
    assert "1,234.00" in page.text and "5,000,000.00" in page.text and "Business licence" in page.text
    assert "A customer out of your reach" in page.text  # the guarantor


def test_the_tab_of_relations_and_its_past(told, signed_in, manager, queries) -> None:
    owner = CustomerFactory(name="王芳", manager=manager, branch=manager.branch)
    CompanyRelationFactory(customer=told, party=owner, owner=True, until=date(2026, 1, 1))
    GroupMemberFactory(customer=told, group__name="Lake group")
    browser = signed_in(manager)
    with queries("customer:relations, company"):
        page = browser.get(f"/customers/{told.pk}/?tab=relations")
    assert "王芳" not in page.text and "Lake group" in page.text
    past = browser.get(f"/customers/{told.pk}/?tab=relations&on=2025-12-31")
    assert "王芳" in past.text and "60 %" in past.text
    assert browser.get(f"/customers/{told.pk}/?tab=relations&on=2999-01-01").status_code == 404
    assert browser.get(f"/customers/{told.pk}/?tab=relations&on=nonsense").status_code == 404
    assert "Lake Steel" in browser.get(f"/customers/{owner.pk}/?tab=relations&on=2025-12-31").text


def test_a_person_has_no_tab_of_companies(own, signed_in, manager) -> None:
    browser = signed_in(manager)
    assert "tab=company" not in browser.get(f"/customers/{own.customer.pk}/").text
    for address in ("?tab=company", "?tab=limits", "company/relation/", "company/figures/", "company/figures/2025/"):
        assert browser.get(f"/customers/{own.customer.pk}/{address}").status_code == 404


def test_what_wants_to_be_looked_at_stands_on_the_overview(told, firm, signed_in, manager) -> None:
    page = signed_in(manager).get(f"/customers/{told.pk}/").text
    assert "1 figure moved more than it should" in page and "To be renewed by" in page


def test_figures_of_a_period_are_typed_corrected_and_taken_back(firm, signed_in, manager) -> None:
    browser = signed_in(manager)
    sent = browser.post(f"/customers/{firm.pk}/company/figures/", {"period": "2025-q1"})
    address = sent.headers["Location"]
    assert address == f"/customers/{firm.pk}/company/figures/2025-Q1/"
    assert browser.post(address, {"currency": "cny", "revenue": "100.5", "staff": "12"}).status_code == 302
    form = browser.get(address).context["form"]
    read = {field.html_name: "" if field.value() is None else field.value() for field in form.hidden_fields()}
    typed = {"currency": "CNY", "revenue": "100.50", "staff": "", **read}
    assert browser.post(address, typed).status_code == 302
    assert {row.kind.code: (row.value, row.version) for row in CompanyFigure.objects.all()} == {
        "revenue": (Decimal("100.5"), 1),
        "staff": (None, 2),
    }
    late = browser.post(address, typed | {"revenue": "7", "staff": "3"})
    assert late.status_code == 422 and "meantime" in late.text
    assert browser.post(address, typed | {"revenue": "1.001"}).status_code == 422
    assert browser.get(f"/customers/{firm.pk}/company/figures/2999/").status_code == 404


def test_another_currency_is_told_for_all_the_money_of_the_period(firm, signed_in, manager) -> None:
    browser, address = signed_in(manager), f"/customers/{firm.pk}/company/figures/2025/"
    browser.post(address, {"currency": "CNY", "revenue": "5", "staff": "3"})
    browser.post(address, {"currency": "USD", "revenue": "5", "staff": "3", "seen_revenue": 1, "seen_staff": 1})
    assert {row.kind.code: row.currency for row in CompanyFigure.objects.all()} == {"revenue": "USD", "staff": ""}


def test_an_owner_outside_the_bank_is_named_with_numbers_that_are_checked(firm, signed_in, manager) -> None:
    browser, address = signed_in(manager), f"/customers/{firm.pk}/company/relation/"
    typed = {"kind": "parent", "outside_name": "Nordwind AG", "outside_kind": "company", "outside_country": "de",
             "outside_lei": "506700GE1G29325QX364", "since": "2020-01-01"}  # fmt: skip
    wrong = browser.post(address, typed)
    assert wrong.status_code == 422 and 'href="#id_outside_lei"' in wrong.text
    right = browser.post(address, typed | {"outside_lei": "506700GE1G29325QX363"})
    assert right.headers["Location"] == f"/customers/{firm.pk}/?tab=relations"
    assert OutsideParty.objects.get().country == "DE"
    both = browser.post(address, typed | {"party": firm.number})
    assert both.status_code == 422 and OutsideParty.objects.count() == 1


def test_an_owner_out_of_reach_can_not_be_named_by_number(firm, other, signed_in, manager) -> None:
    typed = {"kind": "owner", "party": other.customer.number, "since": "2020-01-01", "outside_kind": "company"}
    page = signed_in(manager).post(f"/customers/{firm.pk}/company/relation/", typed)
    assert page.status_code == 422 and "李娜" not in page.text


def test_a_share_is_typed_in_percent_and_corrected_with_its_history(firm, signed_in, manager) -> None:
    row = CompanyRelationFactory(customer=firm, owner=True)
    browser, address = signed_in(manager), f"/companies/relation/{row.pk}/"
    assert browser.get(address).context["form"]["share"].value() == "60"
    typed = {"share": "51.5", "since": "2020-01-01", "version": "1"}
    assert browser.post(address, typed).status_code == 302
    row.refresh_from_db()
    assert row.share == Decimal("0.515")
    assert "Share: 0.60" in browser.get(address).text
    stale = browser.post(address, typed | {"share": "40"})
    assert stale.status_code == 422 and 'value="2"' in stale.text
    assert CompanyRelation.objects.get(pk=row.pk).share == Decimal("0.515")


def test_a_relation_of_a_company_out_of_reach_is_nobodys_to_correct(own, signed_in, manager) -> None:
    hidden = CompanyRelationFactory(party=own.customer)
    assert signed_in(manager).get(f"/companies/relation/{hidden.pk}/").status_code == 404
    assert "A customer out of your reach" in signed_in(manager).get(f"/customers/{own.customer.pk}/?tab=relations").text


def test_a_phone_is_shown_once_recorded_and_an_empty_field_keeps_it(firm, signed_in, manager, teller) -> None:
    person = ContactPersonFactory(customer=firm)
    address = f"/companies/person/{person.pk}/phone/"
    assert "+8613912345678" in signed_in(manager).post(address).text
    event = Event.objects.get(action="contact.revealed")
    assert (event.customer_id, event.data["field"]) == (firm.pk, "phone") and "139" not in str(event.data)
    refused = signed_in(teller).post(address, {"reason": "hm"})
    assert refused.status_code == 422 and "+8613912345678" not in refused.text
    assert signed_in(manager).post(f"/companies/person/{person.pk}/national_id/").status_code == 404
    typed = {"name": "王会计", "function": "CFO", "since": "2024-01-01", "version": "1", "clear": "email"}
    page = signed_in(manager).post(f"/companies/person/{person.pk}/", typed)
    assert page.status_code == 302
    kept = ContactPerson.objects.get()
    assert (kept.phone, kept.email, kept.function) == ("+8613912345678", "", "CFO")
    told = signed_in(manager).get(f"/companies/person/{person.pk}/").text
    assert "Chief accountant" in told and "wang@example.com" not in told and "13912345678" not in told


def test_a_visit_is_a_contact_in_the_timeline(firm, signed_in, manager) -> None:
    typed = {"at": "2026-03-01T09:00", "findings": "Stock is low", "met": "Li", "remark": "Quick look"}
    assert signed_in(manager).post(f"/customers/{firm.pk}/company/visit/", typed).status_code == 302
    visit = SiteVisit.objects.get()
    assert (visit.interaction.channel, visit.interaction.note) == ("visit", "Quick look")
    assert visit.visited_on == date(2026, 3, 1)


def test_news_stand_in_the_timeline_of_the_company(told, signed_in, manager) -> None:
    page = signed_in(manager).get(f"/customers/{told.pk}/timeline/?kind=news").text
    assert "Won an order" in page


def test_the_list_of_companies_says_what_alarms_and_what_is_due(told, own, signed_in, manager, queries) -> None:
    browser = signed_in(manager)
    with queries("companies"):
        page = browser.get("/companies/")
    assert "Lake Steel" in page.text and "1 alert" in page.text and own.customer.number not in page.text
    assert "Lake Steel" in browser.get("/companies/?is_alarming=true").text
    assert "Lake Steel" not in browser.get("/companies/?is_alarming=false").text
    assert "Lake Steel" in browser.get("/companies/?is_due=true").text


def test_the_page_of_a_group_says_what_is_left_and_keeps_a_single_hidden_amount(
    firm, other, signed_in, manager, auditor, queries
) -> None:
    group = GroupMemberFactory(customer=firm).group
    hidden = GroupMemberFactory(group=group).customer
    GroupLimitFactory(group=group, amount=Decimal(10_000))
    for company, amount in ((firm, "1500"), (hidden, "2345.67")):
        loan = AccountFactory(holder=company, product=ProductFactory(loan=True), opened_on=date(2026, 1, 1))
        BalanceFactory(account=loan, on=date(2026, 1, 1), amount=Decimal(amount))
    browser = signed_in(manager)
    with queries("company_group"):
        page = browser.get(f"/groups/{group.pk}/").text
    for secret in ("2,345.67", "3,845.67", "6,154.33", hidden.name):
        assert secret not in page
    assert "would tell" in page and "1 more member is out of your reach" in page
    assert "6,154.33" in signed_in(auditor).get(f"/groups/{group.pk}/").text
    past = browser.get(f"/groups/{group.pk}/?on=2024-06-01").text
    assert "Sums are of today alone" in past and "10,000.00" in past
    seen = Event.objects.filter(kind="read", data__what="page.company_group").values_list("customer_id", flat=True)
    assert firm.pk in seen


def test_an_admin_changes_what_alarms_with_a_reason_that_is_kept(signed_in, admin, manager) -> None:
    kind = FigureKind.objects.get(code="revenue")
    browser = signed_in(admin)
    assert "20 %" in browser.get("/figure-kinds/").text
    assert browser.post(f"/figure-kinds/{kind.pk}/", {"falls_by": "15"}).status_code == 422
    sent = {"falls_by": "12.5", "rises_by": "", "reason": "A weak year"}
    assert browser.post(f"/figure-kinds/{kind.pk}/", sent).status_code == 302
    kind.refresh_from_db()
    assert (kind.falls_by, kind.rises_by) == (Decimal("0.125"), None)
    assert Event.objects.get(action="figure.threshold_changed").data["reason"] == "A weak year"
    assert f"/figure-kinds/{kind.pk}/" not in signed_in(manager).get("/figure-kinds/").text


def test_a_renewal_that_was_made_is_overdue_no_more(firm, signed_in, manager) -> None:
    due = RenewalFactory(customer=firm, due_on=date(2026, 1, 1))
    browser = signed_in(manager)
    assert "overdue" in browser.get(f"/customers/{firm.pk}/?tab=limits").text
    typed = {"kind": "licence", "what": due.what, "due_on": "2026-01-01", "done_on": str(timezone.localdate()),
             "version": "1"}  # fmt: skip
    assert browser.post(f"/companies/renewal/{due.pk}/", typed).status_code == 302
    assert "overdue" not in browser.get(f"/customers/{firm.pk}/?tab=limits").text
