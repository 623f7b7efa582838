"""Routes about events and their guests: part of the table of access."""

from tests.access import Row

READS, READS_OTHER = {200: "manager teller head auditor"}, {200: "auditor", 404: "manager teller head"}
PLANS, PLANS_NOT = {200: "head"}, {404: "head"}
PLANNED = {302: "head"}
INVITES, INVITES_NOT = {200: "manager head"}, {404: "manager head"}
INVITED = {302: "manager head"}
COMES, COMES_NOT = {200: "manager teller head"}, {404: "manager teller head"}
ANY = {"If-Match": "*"}
ACCEPTS = {"state": "'accepted'"}
WHY = {"reason": "'The house is closed'"}
PLAN = {
    "name": "'Spring concert'",
    "kind": "'show'",
    "place": "'Concert hall'",
    "starts_at": "'2099-03-01T19:00'",
    "ends_at": "'2099-03-01T22:00'",
    "places": "'40'",
    "currency": "'CNY'",
}
REST_PLAN = PLAN | {"branch": "branch.code", "host": "keeper.username"}
FORM = PLAN | {"branch": "branch", "host": "keeper"}
WHOM = {"customers": "numbers", "channel": "'phone'"}
ITS = "event=dinner pk=guest"

EVENTS = [
    Row("api:events-list", READS),
    Row("api:events-list", {201: "head"}, {409: "head"}, method="post", data=REST_PLAN),
    Row("api:events-detail", READS, READS_OTHER, "pk=dinner"),
    Row("api:events-detail", PLANS, PLANS_NOT, "pk=dinner", "patch", {"places": "'3'"}, headers=ANY),
    Row("api:events-figures", READS, READS_OTHER, "pk=dinner"),
    Row("api:events-open", PLANS, PLANS_NOT, "pk=planned_event", "post"),
    Row("api:events-close-answers", PLANS, PLANS_NOT, "pk=dinner", "post"),
    Row("api:events-held", PLANS, PLANS_NOT, "pk=feast", "post"),
    Row("api:events-cancel", PLANS, PLANS_NOT, "pk=dinner", "post", WHY),
    Row("api:event-invitations-list", READS, READS_OTHER, "event=dinner"),
    Row("api:event-invitations-list", {201: "manager head"}, INVITES_NOT, "event=dinner", "post", WHOM),
    Row("api:event-invitations-detail", READS, READS_OTHER, ITS),
    Row("api:event-invitations-detail", INVITES, INVITES_NOT, ITS, "patch", ACCEPTS, headers=ANY),
    Row("api:event-invitations-check-in", COMES, COMES_NOT, "event=feast pk=arriving", "post"),
    Row("events", READS),
    Row("event_add", PLANS),
    Row("event_add", PLANNED, {422: "head"}, method="post", data=FORM),
    Row("event", READS, READS_OTHER, "pk=dinner"),
    Row("event_change", PLANS, PLANS_NOT, "pk=dinner"),
    Row("event_change", PLANNED, PLANS_NOT, "pk=dinner", "post", FORM),
    Row("event_open", PLANNED, PLANS_NOT, "pk=planned_event", "post"),
    Row("event_close_answers", PLANNED, PLANS_NOT, "pk=dinner", "post"),
    Row("event_hold", PLANS, PLANS_NOT, "pk=feast"),
    Row("event_hold", PLANNED, PLANS_NOT, "pk=feast", "post"),
    Row("event_cancel", PLANS, PLANS_NOT, "pk=dinner"),
    Row("event_cancel", PLANNED, PLANS_NOT, "pk=dinner", "post", WHY),
    Row("event_invite", INVITES, INVITES_NOT, "pk=dinner"),
    Row("event_invite", INVITED, INVITES_NOT, "pk=dinner", "post", {"customers": "customer", "channel": "'phone'"}),
    Row("guest_answer", INVITES, INVITES_NOT, "pk=guest"),
    Row("guest_answer", INVITED, INVITES_NOT, "pk=guest", "post", ACCEPTS),
    Row("guest_check_in", {302: "manager teller head"}, COMES_NOT, "pk=arriving", "post"),
]

GIVES_READS, GIVES_READS_OTHER = {200: "manager head auditor"}, {200: "auditor", 404: "manager head"}
GIFT = {
    "customer": "customer.number",
    "kind": "'gift'",
    "what": "'Tea'",
    "amount": "'20'",
    "given_on": "'2026-03-01'",
}
TEA = {"what": "'Tea'", "amount": "'20'"}

GIFTS = [
    Row("api:gifts-list", GIVES_READS),
    Row("api:gifts-list", {201: "manager head"}, {400: "manager head"}, method="post", data=GIFT),
    Row("api:gifts-detail", GIVES_READS, GIVES_READS_OTHER, "pk=gift"),
    Row("api:gifts-strike", INVITES, INVITES_NOT, "pk=gift", "post", WHY),
    Row("gifts", GIVES_READS),
    Row("gifts_given", GIVES_READS),
    Row("gift_add", INVITES),
    Row("gift_add", INVITED, {422: "manager head"}, method="post", data=GIFT),
    Row("gift_strike", INVITES, INVITES_NOT, "pk=gift"),
    Row("gift_strike", INVITED, INVITES_NOT, "pk=gift", "post", WHY),
    Row("event_gifts", INVITES, INVITES_NOT, "pk=held_event"),
    Row("event_gifts", INVITED, INVITES_NOT, "pk=held_event", "post", TEA),
]
