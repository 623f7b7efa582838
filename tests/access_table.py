"""Every route, and who gets what. A route that is not here fails tests/test_access.py. A line per route and method."""

from tests.access import Row
from tests.access_advice import ADVICE
from tests.access_books import BOOKS
from tests.access_cadence import CADENCE
from tests.access_companies import COMPANIES_PAGES, COMPANIES_REST
from tests.access_counter import COUNTER_PAGES, COUNTER_REST
from tests.access_customers import (
    CHANGES,
    CONTACT_TYPED,
    CUSTOMERS,
    LISTS,
    LOGS_OTHER,
    NOT_FOUND,
    OPEN_OTHER,
    OPEN_OWN,
    OTHER,
    OWN,
    STAFF,
)
from tests.access_day import DAY
from tests.access_documents import DOCUMENTS
from tests.access_events import EVENTS, GIFTS
from tests.access_handovers import HANDOVERS
from tests.access_imports import IMPORTS_PAGES, IMPORTS_REST
from tests.access_knowledge import KNOWLEDGE
from tests.access_kyc import KYC
from tests.access_living import LIVING
from tests.access_meetings import MEETINGS
from tests.access_plans import PLANS
from tests.access_privacy import ATTRIBUTES_PAGES, ATTRIBUTES_REST, PRIVACY_PAGES, PRIVACY_REST
from tests.access_products import PRODUCTS
from tests.access_prospects import PROSPECTS
from tests.access_queue import QUEUE, RECEPTION
from tests.access_referrals import REFERRALS
from tests.access_requests import REQUESTS, TARGETS
from tests.access_roster import ROSTERS
from tests.access_sales import SALES
from tests.access_service import SERVICE
from tests.access_service_requests import SERVICE_REQUESTS
from tests.access_staff import STAFF as STAFF_ROWS
from tests.access_standards import STANDARDS_PAGES, STANDARDS_REST
from tests.access_tasks import TASKS
from tests.access_waivers import WAIVERS
from tests.access_workorders import WORK_ORDERS

FEEDS = {200: "admin approver auditor"}
REPORTS = {200: "manager head admin approver auditor"}
INSIDE = {200: "manager teller agent head admin approver auditor"}
ADMIN_AUDITOR = {200: "admin auditor"}
RUNS = {200: "admin approver auditor head"}
# an approver reaches a customer only while a proposal about them is open
REGISTERS = {201: "teller head", 409: "manager"}
NEWCOMER = {"name": "'王芳'", "branch": "'EAST'"}
ANY = {"If-Match": "*"}
CONTACT = {"at": "'2026-03-01T09:00:00Z'", "channel": "'phone'", "customer": "customer.number"}

# made by the admin about somebody's login: names no customer
PROPOSED = {200: "admin approver auditor", 404: "manager teller agent head"}
DECIDED = {200: "approver", 409: "admin", 404: "manager teller agent head"}
PROPOSERS = "manager teller agent head admin approver"
RESET = {"kind": "'login_reset'", "title": "'Reset'", "reason": "'Lost'", "content": "login"}

WORTH = {200: "manager head auditor", 404: "approver"}
WORTH_OTHER = {200: "auditor", 404: "manager head approver"}
ASSUMPTIONS = {200: "head admin approver auditor"}
MEMBERS = {200: "manager teller agent head auditor"}
IN_SEGMENT = MEMBERS
OUT_OF_SEGMENT = {200: "agent auditor", 404: "manager teller head"}
WAIVES = {200: "manager teller head"}
WAIVES_NOT = {404: "manager teller head"}
RULES = {200: "manager head admin auditor"}

REST = [
    Row("api:customers-list", LISTS),
    Row("api:customers-list", REGISTERS, method="post", data=NEWCOMER),
    Row("api:customers-detail", OWN, OTHER, "pk=customer"),
    Row("api:customers-detail", CHANGES, NOT_FOUND, "pk=customer", "patch", {"region": "'East'"}, headers=ANY),
    Row("api:customers-timeline", OWN, OTHER, "pk=customer"),
    Row("api:customer-tier", OPEN_OWN, OPEN_OTHER, "customer_id=customer"),
    Row("api:customer-value", WORTH, WORTH_OTHER, "customer_id=customer"),
    Row("api:customer-value-line", WORTH, WORTH_OTHER, "customer_id=customer line='fees'"),
    Row("api:customer-decisions", OPEN_OWN, OPEN_OTHER, "customer_id=customer"),
    Row("api:customer-behaviour", OPEN_OWN, OPEN_OTHER, "customer_id=customer"),
    Row("api:households-list", LISTS),
    Row("api:households-detail", OWN, OTHER, "pk=household"),
    Row("api:accounts-list", LISTS),
    Row("api:accounts-detail", OPEN_OWN, OPEN_OTHER, "pk=account"),
    Row("api:balances-list", LISTS),
    Row("api:transactions-list", LISTS),
    Row("api:fee-charges-list", LISTS),
    Row("api:fee-charges-detail", OPEN_OWN, OPEN_OTHER, "pk=charge"),
    Row("api:interactions-list", LISTS),
    Row("api:interactions-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"},
        method="post", data=CONTACT),
    Row("api:interactions-detail", OWN, OTHER, "pk=interaction"),
    Row("api:risk-assessments-list", LISTS),
    Row("api:risk-assessments-list", {201: "manager teller head"}, {400: "manager teller head"}, method="post",
        data={"customer": "customer.number", "level": "'3'", "assessed_on": "'2026-03-01'"}),
    Row("api:risk-assessments-detail", OWN, OTHER, "pk=assessment"),
    Row("api:consents-list", LISTS),
    Row("api:consents-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"},
        method="post", data={"customer": "customer.number", "channel": "'phone'", "wording": "'2026-03'"}),
    Row("api:consents-detail", OWN, OTHER, "pk=consent"),
    Row("api:consents-withdraw", STAFF, LOGS_OTHER, "pk=consent", "post"),
    Row("api:flags-list", LISTS),
    Row("api:flags-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"}, method="post",
        data={"customer": "customer.number", "kind": "'bereavement'", "since": "'2026-03-01'", "source": "'Family'"}),
    Row("api:flags-detail", OWN, OTHER, "pk=flag"),
    Row("api:flags-end", STAFF, LOGS_OTHER, "pk=flag", "post", {"until": "'2026-03-01'"}),
    *COMPANIES_REST,
    *IMPORTS_REST,
    *PRIVACY_REST,
    *ATTRIBUTES_REST,
    Row("api:feeds-list", FEEDS),
    Row("api:feeds-detail", FEEDS, args="pk=feed"),
    Row("api:tier-schemes-list", INSIDE),
    Row("api:tier-schemes-detail", INSIDE, args="pk=scheme"),
    Row("api:tiers-list", INSIDE),
    Row("api:tiers-detail", INSIDE, args="pk=tier"),
    Row("api:tier-periods-list", LISTS),
    Row("api:tier-periods-detail", OWN, OTHER, "pk=period"),
    Row("api:tier-overrides-list", LISTS),
    Row("api:tier-overrides-detail", OWN, OTHER, "pk=override"),
    Row("api:waiver-policies-list", INSIDE),
    Row("api:waiver-policies-detail", INSIDE, args="pk=policy"),
    Row("api:waivers-list", LISTS),
    Row("api:waiver-totals", LISTS),
    Row("api:waivers-detail", OPEN_OWN, OPEN_OTHER, "pk=waiver"),
    Row("api:value-assumptions-list", ASSUMPTIONS),
    Row("api:value-assumptions-detail", ASSUMPTIONS, args="pk=assumptions"),
    Row("api:segments-list", INSIDE),
    Row("api:segments-detail", INSIDE, args="pk=segment"),
    Row("api:segment-members-list", MEMBERS, args="segment_id=segment"),
    Row("api:segment-members-detail", IN_SEGMENT, OUT_OF_SEGMENT, "segment_id=segment pk=membership"),
    Row("api:segment-snapshots-list", INSIDE, args="segment_id=segment"),
    Row("api:segment-snapshots-list", {201: "admin"}, args="segment_id=segment", method="post", data={"name": "'May'"}),
    Row("api:segment-snapshots-detail", INSIDE, args="segment_id=segment pk=snapshot"),
    Row("api:waiver-postings-list", ADMIN_AUDITOR),
    Row("api:waiver-postings-detail", ADMIN_AUDITOR, args="pk=posting"),
    Row("api:waiver-postings-answers", {200: "admin"}, method="post", data={"answers": "core_answers"}),
    Row("api:waiver-batches-list", ADMIN_AUDITOR),
    Row("api:waiver-batches-list", {201: "admin"}, method="post"),
    Row("api:waiver-batches-detail", ADMIN_AUDITOR, args="pk=posting_batch"),
    *STANDARDS_REST,
    Row("api:rules-check", RULES, method="post", data={"purpose": "'tier'", "rule": "rule"}),
    Row("api:simulations-list", RUNS),
    Row("api:simulations-list", {201: "admin"}, method="post", data={"draft": "policy_file"}),
    Row("api:simulations-detail", RUNS, args="pk=simulation"),
    Row("api:runs-list", RUNS),
    Row("api:runs-list", {201: "admin"}, method="post"),
    Row("api:runs-detail", RUNS, args="pk=run"),
    Row("api:audit-events-list", {200: "auditor"}),
    Row("api:audit-events-detail", {200: "auditor"}, args="pk=event"),
    Row("api:users-list", ADMIN_AUDITOR),
    Row("api:users-detail", ADMIN_AUDITOR, args="pk=user"),
    Row("api:proposals-list", INSIDE),
    Row("api:proposals-list", {201: "admin", 409: "manager teller agent head approver"}, method="post", data=RESET),
    Row("api:proposals-detail", PROPOSED, args="pk=proposal"),
    Row("api:proposals-approve", DECIDED, args="pk=proposal", method="post",
        data={"content_hash": "proposal.content_hash"}),
    Row("api:proposals-refuse", DECIDED, args="pk=proposal", method="post", data={"reason": "'No'"}),
    Row("api:proposals-withdraw", {200: "admin", 409: "approver", 404: "manager teller agent head"},
        args="pk=proposal", method="post"),
    Row("api:branches-list", INSIDE),
    Row("api:branches-detail", INSIDE, args="pk=branch"),
]  # fmt: skip

EVERYBODY = "manager teller agent head admin approver auditor agency"
FRAME = [
    Row("home", {200: EVERYBODY}),
    Row("search", {200: EVERYBODY}),
    Row("login", {302: EVERYBODY}, stranger=200),
    Row("login", {302: EVERYBODY}, method="post", stranger=200),
    Row("logout", {302: EVERYBODY}, method="post"),
    Row("password_change", {200: EVERYBODY}),
    Row("password_change", {422: EVERYBODY}, method="post"),
    Row("set_language", {302: EVERYBODY}, method="post", data={"language": "'en'"}),
    Row("notifications", {200: EVERYBODY}),
    Row("notifications_read", {302: EVERYBODY}, method="post"),
    Row("notification", {302: "manager", 404: EVERYBODY.replace("manager ", "")}, args="pk=alert"),
]

PAGES: list[Row] = [
    Row("admin:index", ADMIN_AUDITOR | {302: "manager teller agent head approver agency"}),
    Row("audit", {200: "auditor"}),
    Row("audit_event", {200: "auditor"}, args="pk=event"),
    Row("runs", RUNS),
    Row("run", RUNS, args="pk=run"),
    Row("run_progress", RUNS, args="pk=run"),
    Row("run_start", {302: "admin"}, method="post"),
    Row("run_release", {200: "approver"}, args="pk=run"),
    Row("run_release", {422: "approver"}, args="pk=run", method="post"),
    Row("users", ADMIN_AUDITOR),
    Row("proposals", INSIDE),
    Row("proposals_mine", INSIDE),
    Row("proposals_all", INSIDE),
    Row("proposals_together", {302: PROPOSERS}, method="post"),
    Row("proposal_new", {200: PROPOSERS}),
    Row("proposal_add", {200: "admin"}, args="kind='role'"),
    Row(
        "proposal_add",
        {302: "admin"},
        args="kind='login_reset'",
        method="post",
        data={"username": "user.username", "reason": "'Lost'"},
    ),
    Row("proposal", PROPOSED, args="pk=proposal"),
    Row("proposal_approve", {200: "admin approver", 404: "manager teller agent head"}, args="pk=proposal"),
    Row(
        "proposal_approve",
        {302: "approver", 422: "admin", 404: "manager teller agent head"},
        args="pk=proposal",
        method="post",
        data={"content_hash": "proposal.content_hash"},
    ),
    Row("proposal_refuse", {200: "admin approver", 404: "manager teller agent head"}, args="pk=proposal"),
    Row(
        "proposal_refuse",
        {302: "approver", 422: "admin", 404: "manager teller agent head"},
        args="pk=proposal",
        method="post",
        data={"reason": "'No'"},
    ),
    Row(
        "proposal_withdraw",
        {302: "admin approver", 404: "manager teller agent head"},
        args="pk=proposal",
        method="post",
    ),
    Row("proposal_link", {302: "admin approver", 404: "manager teller agent head"}, args="pk=proposal", method="post"),
    Row("deputies", INSIDE),
    Row("deputy_add", {200: "approver"}),
    Row("deputy_add", {422: "approver"}, method="post"),
    Row("deputy_end", {302: "approver"}, args="pk=mandate", method="post"),
    Row("run_refuse", {200: "approver"}, args="pk=run"),
    Row("run_refuse", {422: "approver"}, args="pk=run", method="post"),
    Row("held_back", REPORTS),
    Row("postings", ADMIN_AUDITOR),
    Row("postings_send", {302: "admin"}, method="post"),
    Row("postings_answers", {200: "admin"}),
    Row("postings_answers", {302: "admin"}, method="post", data={"file": "answers_file"}),
    Row("posting_batch", ADMIN_AUDITOR, args="pk=posting_batch"),
    Row("posting_file", ADMIN_AUDITOR, args="pk=posting_batch"),
    Row("charge_waive", WAIVES, WAIVES_NOT, "pk=charge"),
    Row(
        "charge_waive",
        {302: "manager teller head"},
        WAIVES_NOT,
        "pk=charge",
        "post",
        {"amount": "'1.00'", "reason": "'Kept'"},
    ),
    Row("waiver_reverse", WAIVES, WAIVES_NOT, "pk=waiver"),
    Row("waiver_reverse", {302: "manager teller head"}, WAIVES_NOT, "pk=waiver", "post", {"reason": "'Error'"}),
    Row("rfm", REPORTS),
    Row("segments", INSIDE),
    Row("segment", INSIDE, args="pk=segment"),
    Row("value_report", ASSUMPTIONS),
    Row("value_assumptions", ASSUMPTIONS),
    Row("value_version", ASSUMPTIONS, args="pk=assumptions"),
    Row("value_rollback", {200: "admin"}, args="pk=assumptions"),
    Row("value_rollback", {422: "admin"}, args="pk=assumptions", method="post"),
    Row("customer_value", WORTH, WORTH_OTHER, "pk=customer line='fees'"),
    Row("customer_segments", OWN, OTHER, "pk=customer"),
    Row("segment_begin", {200: "admin"}),
    Row("segment_begin", {302: "admin"}, method="post", data={"start": "'segment'"}),
    Row("segment_overlap", INSIDE),
    Row("segment_members", INSIDE, args="pk=segment"),
    Row("segment_unclassified", MEMBERS),
    Row("segment_snapshot", MEMBERS, args="pk=snapshot"),
    Row("segment_freeze", {200: "admin"}, args="pk=segment"),
    Row("segment_freeze", {302: "admin"}, args="pk=segment", method="post", data={"name": "'May'"}),
    *STANDARDS_PAGES,
    Row("tier_migration", REPORTS),
    Row("tier_migration_customers", REPORTS),
    Row("held_night", REPORTS, args="pk=held_run"),
    Row("feeds", FEEDS),
    Row("feed", FEEDS, args="kind='balances'"),
    Row("feed_close", {200: "admin"}),
    Row("feed_close", {302: "admin"}, method="post", data={"kind": "'balances'", "through": "'2026-03-31'"}),
    *COMPANIES_PAGES,
    *IMPORTS_PAGES,
    *PRIVACY_PAGES,
    *ATTRIBUTES_PAGES,
    Row("tiers", INSIDE),
    Row("waiver_policies", INSIDE),
    Row("overrides", LISTS),
    Row("override_end", {200: "manager head"}, {404: "manager head"}, "pk=override"),
    Row(
        "override_end",
        {302: "manager head"},
        {404: "manager head"},
        "pk=override",
        "post",
        {"on": "'2026-10-01'", "reason": "'Left the board'"},
    ),
    Row("customer_override", {200: "manager head"}, {404: "manager head"}, "pk=customer"),
    Row(
        "customer_override",
        {302: "manager head"},
        {404: "manager head"},
        "pk=customer",
        "post",
        {"kind": "'cap'", "tier": "tier.pk", "since": "'2026-12-01'", "last": "'2026-12-02'", "reason": "'Fraud case'"},
    ),
    Row("drafts", {200: "admin"}),
    Row("draft_add", {200: "admin"}),
    Row("draft_add", {302: "admin"}, method="post", data={"start": "'person'"}),
    Row("draft", {200: "admin"}, args="pk=draft"),
    Row("draft_edit", {200: "admin"}, args="pk=draft"),
    Row("draft_edit", {200: "admin"}, args="pk=draft", method="post", data={"do": "'tier-add'"}),
    Row("draft_propose", {200: "admin"}, args="pk=draft"),
    Row("draft_propose", {422: "admin"}, args="pk=draft", method="post"),
    Row("draft_simulate", {200: "admin"}, args="pk=draft"),
    Row("draft_simulate", {302: "admin"}, args="pk=draft", method="post"),
    Row("simulations", RUNS),
    Row("simulation", RUNS, args="pk=simulation"),
    Row("simulation_progress", RUNS, args="pk=simulation"),
    Row("simulation_movers", RUNS, args="pk=simulation"),
    Row("draft_drop", {302: "admin"}, args="pk=draft", method="post"),
    Row("rules", RULES),
    Row("rules", RULES, method="post", data={"purpose": "'waiver'", "do": "'add:when'"}),
    Row("rule_part", {404: "manager head admin auditor"}, method="post"),
    Row("scheme_version", INSIDE, args="pk=version"),
    Row("scheme_rollback", {200: "admin"}, args="pk=version"),
    Row("scheme_rollback", {422: "admin"}, args="pk=version", method="post"),
    Row("waiver_policy", INSIDE, args="pk=policy"),
    Row("waiver_rollback", {200: "admin"}, args="pk=policy"),
    Row("waiver_rollback", {422: "admin"}, args="pk=policy", method="post"),
    Row("waivers", LISTS),
    Row("customers", LISTS),
    Row("interactions", LISTS),
    Row("interaction_add", STAFF),
    Row(
        "interaction_add",
        {302: "manager teller agent head"},
        {302: "agent", 422: "manager teller head"},
        "",
        "post",
        CONTACT_TYPED | {"customer": "customer.number"},
    ),
    Row("customer_why", OWN, OTHER, "pk=customer"),
    Row("customer_decisions", OWN, OTHER, "pk=customer"),
    Row("customer_letter", OWN, OTHER, "pk=customer"),
]

TABLE = [
    *REST,
    *FRAME,
    *PAGES,
    *CUSTOMERS,
    *DOCUMENTS,
    *KYC,
    *WAIVERS,
    *SALES,
    *REFERRALS,
    *CADENCE,
    *TASKS,
    *DAY,
    *MEETINGS,
    *BOOKS,
    *HANDOVERS,
    *STAFF_ROWS,
    *REQUESTS,
    *TARGETS,
    *PROSPECTS,
    *ADVICE,
    *PLANS,
    *EVENTS,
    *GIFTS,
    *PRODUCTS,
    *COUNTER_REST,
    *COUNTER_PAGES,
    *LIVING,
    *SERVICE,
    *KNOWLEDGE,
    *SERVICE_REQUESTS,
    *QUEUE,
    *RECEPTION,
    *WORK_ORDERS,
    *ROSTERS,
]

# open to everybody: what they say is no secret, or they have a key of their own (tests/base/test_health.py, tests/approvals)
OPEN = {"get queue_wall", "get livez", "get readyz", "get metrics", "get api:schema", "get api:docs", "get api:unknown",
        "get password_set", "post password_set", "get calendar_feed", "post api:core-answers"}  # fmt: skip
# the admin site has one door before all its pages: tests/test_access.py knocks at each
ONE_DOOR = "admin:"
