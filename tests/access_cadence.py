"""Routes about contact plans and with whom a contact is due: part of the table of access."""

from tests.access import Row

READS, READS_OTHER = {200: "manager head auditor"}, {200: "auditor", 404: "manager head"}
PLANS = {200: "manager head admin approver auditor"}
PLAN = {
    "mass.every": "'180'",
    "mass.unit": "'days'",
    "gold.unit": "'days'",
    "doubled_days": "'90'",
    "late_days": "'3'",
    "reason": "'Too rare'",
}

CADENCE = [
    Row("api:cadence-list", READS),
    Row("api:cadence-detail", READS, READS_OTHER, "pk=due"),
    Row("api:cadence-report", READS),
    Row("api:contact-plans-list", PLANS),
    Row("api:contact-plans-detail", PLANS, args="pk=plan"),
    Row("cadence", READS),
    Row("cadence_report", READS),
    Row("cadence_late", READS),
    Row("contact_plan", PLANS),
    Row("contact_plan_run", PLANS, args="pk=cadence_run"),
    Row("contact_plan_propose", {200: "admin"}),
    Row("contact_plan_propose", {302: "admin"}, method="post", data=PLAN),
]
