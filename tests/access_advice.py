"""Routes about advice to customers: part of the table of access."""

from tests.access import Row
from tests.access_books import CARRIERS, NO_CARRIER

WRITES, DONE, NOT_THEIRS = {200: "manager head"}, {302: "manager head"}, {404: "manager head"}
SAID = {
    "goals": "'Studies'",
    "horizon_months": "'60'",
    "amount": "'1000'",
    "currency": "'CNY'",
    "review_on": "'2098-01-01'",
}
TYPED = SAID | {"product_0": "product", "percent_0": "'100'", "reason_0": "'Safe'"}
SENT = {"customer": "customer.number", "draft": "advice.draft"}
HANDED = {"version": "'1'", "handed_on": "today"}
REPLY = {"version": "'1'", "outcome": "'accepted'", "channel": "'phone'", "answered_on": "today"}
ANY = {"If-Match": "*"}

ADVICE = [
    Row("api:advice-list", CARRIERS),
    Row("api:advice-list", {201: "manager head"}, {400: "manager head"}, method="post", data=SENT),
    Row("api:advice-detail", CARRIERS, NO_CARRIER, "pk=advice"),
    Row("api:advice-detail", WRITES, NOT_THEIRS, "pk=advice", "patch", {"draft": "advice.draft"}, headers=ANY),
    Row("api:advice-throw-away", WRITES, NOT_THEIRS, "pk=advice", "post", {"version": "'1'"}),
    Row("api:advice-hand-over", WRITES, NOT_THEIRS, "pk=advice", "post", HANDED),
    Row("api:advice-record-answer", WRITES, NOT_THEIRS, "pk=handed_advice", "post", REPLY),
    Row("api:advice-returns", CARRIERS, {200: "auditor", 400: "manager head"}, query="customer=customer.number"),
    Row("advice", CARRIERS),
    Row("advice_one", CARRIERS, NO_CARRIER, "pk=advice"),
    Row("advice_pdf", CARRIERS, NO_CARRIER, "pk=handed_advice number='1'"),
    Row("advice_throw_away", WRITES, NOT_THEIRS, "pk=advice"),
    Row("advice_throw_away", DONE, NOT_THEIRS, "pk=advice", "post", {"version": "'1'"}),
    Row("advice_draft", WRITES, NOT_THEIRS, "pk=handed_advice"),
    Row("advice_draft", DONE, NOT_THEIRS, "pk=handed_advice", "post", TYPED | {"version": "'1'"}),
    Row("advice_hand_over", WRITES, NOT_THEIRS, "pk=advice"),
    Row("advice_hand_over", DONE, NOT_THEIRS, "pk=advice", "post", HANDED),
    Row("advice_answer", WRITES, NOT_THEIRS, "pk=handed_advice"),
    Row("advice_answer", DONE, NOT_THEIRS, "pk=handed_advice", "post", REPLY),
    Row("customer_advice", CARRIERS, NO_CARRIER, "pk=customer"),
    Row("advice_add", WRITES, NOT_THEIRS, "pk=customer"),
    Row("advice_add", DONE, NOT_THEIRS, "pk=customer", "post", TYPED),
]
