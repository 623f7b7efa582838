"""Routes about what is known of how customers live and want to be treated: part of the table of access."""

from tests.access import Row

STAFF = {200: "manager teller agent head"}
STAFF_OTHER = {200: "agent", 404: "manager teller head"}
NOTED = {302: "manager teller agent head"}
NOTED_OTHER = {302: "agent", 404: "manager teller head"}
READS = {200: "manager teller agent head auditor"}
# how somebody eats, a role learns that looks after them
CLOSE = {200: "manager head", 404: "teller agent"}
CLOSE_OTHER = {404: "manager teller agent head"}
# how a customer is spoken to, an agent learns in a verified call
SPEAKS = {200: "manager teller head", 404: "agent"}
SPEAKS_OTHER = {404: "manager teller agent head"}
SPEAKS_READS = {200: "manager teller head auditor", 404: "agent"}
SPEAKS_READS_OTHER = {200: "auditor", 404: "manager teller agent head"}
CLOSE_READS = {200: "manager head auditor", 404: "teller agent"}
CLOSE_READS_OTHER = {200: "auditor", 404: "manager teller agent head"}
EVENTS = {200: "manager head"}
EVENTS_OTHER = {404: "manager head"}
EVENT_READS = {200: "manager head auditor"}
ANY = {"If-Match": "*"}
SAID = {"source": "'said'", "learnt_on": "'2026-03-01'"}
ADDRESS = SAID | {"value": "'王女士'"}
SCHOOL = {"kind": "'school'", "on": "'2025-09'", "source": "'said'"}

RULES = {200: "manager head admin approver auditor"}

LIVING = [
    Row("changes", EVENT_READS),
    Row("change_why", EVENT_READS, {200: "auditor", 404: "manager head"}, "pk=change"),
    Row("change_rules", RULES),
    Row("change_rule_change", {302: "admin"}, args="code='outflow'", method="post"),
    Row("api:changes-list", EVENT_READS),
    Row("api:changes-detail", EVENT_READS, {200: "auditor", 404: "manager head"}, "pk=change"),
    Row("api:change-rules-list", RULES),
    Row("api:change-rules-detail", RULES, args="pk=change.rule_id"),
    Row("customer_preference", STAFF, STAFF_OTHER, "pk=customer kind='form_of_address'"),
    Row("customer_preference", NOTED, NOTED_OTHER, "pk=customer kind='form_of_address'", "post", ADDRESS),
    Row("customer_preference", CLOSE, CLOSE_OTHER, "pk=customer kind='diet'"),
    Row("preference_end", CLOSE, CLOSE_OTHER, "pk=diet"),
    Row("preference_end", SPEAKS, SPEAKS_OTHER, "pk=preference"),
    Row("preference_end", {302: "manager teller head", 404: "agent"}, SPEAKS_OTHER, "pk=preference", "post"),
    Row("api:preferences-list", READS),
    Row("api:preferences-detail", SPEAKS_READS, SPEAKS_READS_OTHER, "pk=preference"),
    Row("api:preferences-detail", CLOSE_READS, CLOSE_READS_OTHER, "pk=diet"),
    Row(
        "api:preferences-list",
        {201: "manager teller agent head"},
        {201: "agent", 400: "manager teller head"},
        method="post",
        data=ADDRESS | {"customer": "customer.number", "kind": "'form_of_address'"},
    ),
    Row(
        "api:preferences-detail",
        {204: "manager teller head", 404: "agent"},
        SPEAKS_OTHER,
        "pk=preference",
        "delete",
        headers=ANY,
    ),
    Row("customer_life_event", EVENTS, EVENTS_OTHER, "pk=customer"),
    Row("customer_life_event", {302: "manager head"}, EVENTS_OTHER, "pk=customer", "post", SCHOOL),
    Row("life_event_correct", EVENTS, EVENTS_OTHER, "pk=life_event"),
    Row(
        "life_event_correct",
        {302: "manager head"},
        EVENTS_OTHER,
        "pk=life_event",
        "post",
        SCHOOL | {"version": "'1'"},
    ),
    Row("life_event_strike", EVENTS, EVENTS_OTHER, "pk=life_event"),
    Row("life_event_strike", {302: "manager head"}, EVENTS_OTHER, "pk=life_event", "post"),
    Row("api:life-events-list", EVENT_READS),
    Row("api:life-events-detail", EVENT_READS, {200: "auditor", 404: "manager head"}, "pk=life_event"),
    Row(
        "api:life-events-list",
        {201: "manager head"},
        {400: "manager head"},
        method="post",
        data=SCHOOL | {"customer": "customer.number"},
    ),
    Row("api:life-events-detail", EVENTS, EVENTS_OTHER, "pk=life_event", "patch", {"about": "'son'"}, headers=ANY),
    Row("api:life-events-detail", {204: "manager head"}, EVENTS_OTHER, "pk=life_event", "delete", headers=ANY),
]
