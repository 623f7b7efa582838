"""Routes about targets, and what managers ask of the bank for customers: part of the table of access."""

from tests.access import Row
from tests.access_books import CARRIERS, HEADS, NO_CARRIER, NOT_THEIRS
from tests.access_staff import ASKED

ASKS, ASKS_NOT = {200: "manager head"}, {404: "manager head"}
WANTED = {
    "customer": "customer.number",
    "kind": "'deposit_rate'",
    "amount": "'1000'",
    "valid_until": "'2027-06-01'",
    "why": "'Another bank'",
}
REST = WANTED | {"product": "deposit.code", "price": "'0.02'"}
FORM = WANTED | {"product": "deposit", "price": "'2'"}
VERSION = {"version": "'1'"}
NO = VERSION | {"reason": "'Too dear'"}
ONE, DEAR = "pk=resource_request", "pk=dear_request"

TARGET = {"kind": "'won_count'", "since": "'2026-01-01'", "until": "'2098-01-01'", "amount": "'5'"}
NEW = {"amount": "'7'"}

TARGETS = [
    Row("api:targets-list", CARRIERS),
    Row("api:targets-list", {201: "head"}, {400: "head"}, "", "post", TARGET | {"manager": "keeper.username"}),
    Row("api:targets-detail", CARRIERS, NO_CARRIER, "pk=target"),
    Row("api:targets-detail", HEADS, NOT_THEIRS, "pk=target", "patch", NEW, headers={"If-Match": "*"}),
    Row("api:targets-rows", CARRIERS, NO_CARRIER, "pk=target"),
    Row("targets", CARRIERS),
    Row("target_add", HEADS),
    Row("target_add", {302: "head"}, {422: "head"}, "", "post", TARGET | {"manager": "keeper"}),
    Row("target", CARRIERS, NO_CARRIER, "pk=target"),
    Row("target_change", HEADS, NOT_THEIRS, "pk=target"),
    Row("target_change", {302: "head"}, NOT_THEIRS, "pk=target", "post", NEW | VERSION),
]

REQUESTS = [
    Row("api:resource-requests-list", CARRIERS),
    Row("api:resource-requests-list", {201: "manager head"}, {400: "manager head"}, "", "post", REST),
    Row("api:resource-requests-detail", CARRIERS, NO_CARRIER, ONE),
    Row("api:resource-requests-grant", {200: "head", 409: "manager"}, ASKS_NOT, ONE, "post", VERSION),
    Row("api:resource-requests-lay-before", {200: "manager", 409: "head"}, ASKS_NOT, DEAR, "post", VERSION),
    Row("api:resource-requests-decline", ASKS, ASKS_NOT, ONE, "post", NO),
    Row("api:resource-terms-list", ASKED),
    Row("api:resource-terms-detail", ASKED, args="pk=terms"),
    Row("resource_requests", CARRIERS),
    Row("resource_request_add", ASKS),
    Row("resource_request_add", {302: "manager head"}, {422: "manager head"}, "", "post", FORM),
    Row("resource_grants", CARRIERS),
    Row("resource_request", CARRIERS, NO_CARRIER, ONE),
    Row("resource_request_grant", ASKS, ASKS_NOT, ONE),
    Row("resource_request_grant", {302: "head", 422: "manager"}, ASKS_NOT, ONE, "post", VERSION),
    Row("resource_request_lay_before", ASKS, ASKS_NOT, DEAR),
    Row("resource_request_lay_before", {302: "manager", 422: "head"}, ASKS_NOT, DEAR, "post", VERSION),
    Row("resource_request_decline", ASKS, ASKS_NOT, ONE),
    Row("resource_request_decline", {302: "manager head"}, ASKS_NOT, ONE, "post", NO),
    Row("resource_terms", ASKED),
    Row("resource_terms_change", {200: "admin"}),
    Row("resource_terms_change", {302: "admin"}, method="post", data={"reason": "'New'"}),
]
