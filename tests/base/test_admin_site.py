"""The admin site as a door: what a role opens, that scope holds, that only services write."""

import pytest
from django.contrib import admin
from django.urls import reverse

from crm.audit.models import Event
from crm.audit.services import record
from crm.base.admin_site import ScopedAdmin
from crm.identity.models import ApiToken, Branch
from tests.factories import TierPeriodFactory, UserFactory, WaiverEntryFactory

pytestmark = pytest.mark.django_db

ROLES = ("manager", "teller", "agent", "head", "approver", "agency", "stranger")
REGISTERED = sorted(model._meta.label_lower for model in admin.site._registry)
BOTH = {"approvals.proposal", "approvals.deputy", "identity.branch", "identity.user", "identity.team", "identity.reach", "identity.apitoken", "jobs.run",
        "service.servicelevels", "service.callreason", "service.callscript", "service.counter", "service.branchqueue", "service.businesskind", "service.queuerules", "service.requestform", "service.articlerating", "service.articleversion", "service.article", "service.complaintrules", "service.ticketqueue", "service.deskprofile", "managers.contactplan", "managers.managerstandard", "managers.resourceterms", "segmentation.assignmentpolicy", "jobs.partition", "segmentation.productoffer", "segmentation.peergroup", "segmentation.affinity", "jobs.rowerror", "customers.product", "customers.feetype", "customers.exchangerate", "customers.kycinterval",
        "customers.feed", "customers.feedclosing", "customers.importbatch", "customers.importprofile", "segmentation.tierscheme",
        "segmentation.tier", "segmentation.schemeversion", "segmentation.waiverpolicy",
        "segmentation.waiverline", "segmentation.segment", "segmentation.segmentversion",
        "segmentation.segmentsnapshot", "segmentation.quintiles", "segmentation.valueversion", "segmentation.benefit", "segmentation.servicestandard",
        "segmentation.waivercheck", "segmentation.changerule", "segmentation.changeday",
        "customers.figurekind", "customers.carddesign", "customers.blankstock",
        "customers.blankmovement", "customers.spoilage", "customers.attribute"}  # fmt: skip
AUDITOR_ONLY = {"service.workorderstep", "service.workorder", "service.room", "service.booking", "service.cardkey", "service.wrapup", "service.callback", "service.mandate", "service.caller", "service.queuenumber", "service.coreattempt", "service.coremessage", "service.requeststep", "service.servicerequest", "audit.event", "audit.seal", "customers.customer", "customers.account", "customers.interaction",
                "customers.feecharge", "segmentation.tierperiod", "segmentation.tierdecision",
                "segmentation.waiverentry", "segmentation.tieroverride", "segmentation.feedue",
                "segmentation.segmentmembership", "segmentation.primarysegment",
                "customers.riskassessment", "customers.preference", "segmentation.change", "customers.lifeevent", "customers.consent", "customers.flag", "segmentation.suggestion",
                "segmentation.productanswer",
                "segmentation.freeaccount",
                "segmentation.entitlementoverride", "segmentation.entitlementuse", "segmentation.goldcard",
                "segmentation.leak", "service.ticket", "service.ticketstep", "service.clockalert", "service.complaint", "service.legalstep", "service.legalalert", "service.compensation", "service.complaintletter", "service.complaintreview", "service.demand", "service.roster", "service.shift", "service.swap", "managers.advice", "managers.adviceversion", "managers.adviceline", "managers.adviceanswer", "managers.task", "managers.customerplan", "managers.prospect", "managers.target", "managers.resourcerequest", "managers.scorecard", "managers.training", "managers.certificate", "managers.managergrade", "managers.meeting", "managers.laidaside", "managers.duecontact", "managers.movesuggestion", "managers.managedcustomer", "managers.referral", "managers.gift", "managers.invitation", "managers.event", "managers.stagemove", "managers.opportunity", "managers.assignment", "managers.absence", "managers.handover", "managers.leaving", "managers.managerprofile", "customers.statementprint",
                "customers.duplicate", "customers.merge", "customers.origin", "customers.fieldcheck",
                "customers.companyfigure", "customers.companyrelation",
                "customers.creditlimit", "customers.guarantee", "customers.sitevisit", "customers.companynews",
                "customers.renewal", "customers.contactperson", "customers.companygroup", "customers.groupmember",
                "customers.grouplimit", "customers.outsideparty",
                "customers.call", "customers.need", "customers.cardorder",
                "customers.document", "customers.documentimage",
                "customers.riskrating", "customers.kycreview",
                "customers.subjectexport", "customers.erasure", "customers.attributevalue"}  # fmt: skip


def url(label, page="changelist", *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


@pytest.mark.parametrize("person", ROLES)
def test_the_site_is_closed_to_who_neither_sets_policies_nor_audits(person, signed_in, request):
    user = request.getfixturevalue(person)
    answer = signed_in(user).get(reverse("admin:index"), follow=False)
    assert answer.status_code == 302 and "login" in answer.headers["Location"]


def test_the_mark_of_a_superuser_opens_nothing(signed_in):
    root = UserFactory(username="root", is_superuser=True, is_staff=True)
    browser = signed_in(root)
    assert browser.get(reverse("admin:index")).status_code == 302
    assert browser.get(url("customers.customer")).status_code == 302


def test_every_registered_model_is_in_this_table_and_scoped():
    assert set(REGISTERED) == BOTH | AUDITOR_ONLY
    assert all(isinstance(options, ScopedAdmin) for options in admin.site._registry.values())


@pytest.mark.parametrize("label", REGISTERED)
def test_a_list_opens_for_the_roles_of_the_matrix(label, admin_and_auditor):
    for person, browser in admin_and_auditor.items():
        expected = 200 if label in BOTH or person == "auditor" else 403
        assert browser.get(url(label)).status_code == expected, person


@pytest.fixture
def admin_and_auditor(admin, auditor, own, signed_in):
    record("thing.done", "thing", by="test")
    TierPeriodFactory(customer=own.customer)
    WaiverEntryFactory(customer=own.customer, charge=own.charge)
    ApiToken.objects.create(auditor)
    return {"admin": signed_in(admin), "auditor": signed_in(auditor)}


@pytest.mark.parametrize("label", REGISTERED)
def test_nothing_can_be_deleted_and_only_branches_can_be_added(label, admin_and_auditor):
    for person, browser in admin_and_auditor.items():
        may_add = label == "identity.branch" and person == "admin"
        assert browser.get(url(label, "add")).status_code == (200 if may_add else 403), person
        assert browser.post(url(label, "delete", "1")).status_code in (302, 403), person


def test_an_admin_reaches_no_customer_by_guessing_an_address(admin, own, signed_in):
    browser = signed_in(admin)
    assert browser.get(url("customers.customer", "change", own.customer.pk)).status_code == 403
    assert browser.get(url("customers.account", "change", own.account.pk)).status_code == 403


def test_an_auditor_sees_a_customer_without_contact_data_and_leaves_a_trace(auditor, own, signed_in):
    page = signed_in(auditor).get(url("customers.customer", "change", own.customer.pk))
    assert page.status_code == 200
    assert own.customer.number in page.text
    assert own.customer.contact.phone not in page.text and own.customer.contact.national_id not in page.text
    event = Event.objects.get(kind="read")
    assert (event.actor_id, event.customer_id, event.data) == (auditor.pk, own.customer.pk, {"what": "admin"})


@pytest.mark.parametrize("person", ["admin", "auditor"])
def test_a_user_is_read_only_for_everybody(person, signed_in, teller, request):
    browser = signed_in(request.getfixturevalue(person))
    assert browser.post(url("identity.user", "change", teller.pk), {"role": "auditor"}).status_code == 403
    teller.refresh_from_db()
    assert teller.role == "teller"


def test_a_branch_is_saved_by_its_service(admin, east, head_office, signed_in):
    below = Branch.objects.create(code="EAST1", name="Lake road", parent=east, path="/HO/EAST/EAST1/")
    form = {"code": "SUNRISE", "name": "East", "parent": head_office.pk, "level": "branch", "region": ""}
    answer = signed_in(admin).post(url("identity.branch", "change", east.pk), form)
    assert answer.status_code == 302
    below.refresh_from_db()
    assert below.path == "/HO/SUNRISE/EAST1/"
    assert Event.objects.get(action="branch.saved").actor_id == admin.pk


def test_a_circle_of_branches_is_refused_beside_the_field(admin, east, signed_in):
    below = Branch.objects.create(code="EAST1", name="Lake road", parent=east, path="/HO/EAST/EAST1/")
    form = {"code": "EAST", "name": "East", "parent": below.pk, "level": "branch", "region": ""}
    page = signed_in(admin).post(url("identity.branch", "change", east.pk), form)
    assert page.status_code == 200
    assert "stand below itself" in str(page.context["errors"])


def test_an_auditor_changes_no_branch(auditor, east, signed_in):
    assert signed_in(auditor).post(url("identity.branch", "change", east.pk), {"name": "x"}).status_code == 403


def test_no_page_shows_the_digest_of_a_token(auditor, signed_in):
    token, _key = ApiToken.objects.create(auditor)
    assert token.digest not in signed_in(auditor).get(url("identity.apitoken")).text
