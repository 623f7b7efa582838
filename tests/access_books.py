"""Routes about who looks after customers: part of the table of access."""

from tests.access import Row

READS = {200: "manager teller head auditor"}
OF_OTHER = {200: "auditor", 404: "manager teller head"}
HEADS = {200: "head"}
NOT_THEIRS = {404: "head"}
SPONSOR = {"customer": "customer.number", "manager": "second.username", "role": "'sponsor'", "since": "'2099-01-01'"}
NAMED = {"manager": "second", "since": "'2099-01-01'"}

BOOKS = [
    Row("api:assignments-list", READS),
    Row("api:assignments-list", {201: "head"}, {400: "head"}, "", "post", SPONSOR),
    Row("api:assignments-detail", READS, OF_OTHER, "pk=assignment"),
    Row("api:assignments-detail", {204: "head"}, NOT_THEIRS, "pk=assignment", "delete", headers={"If-Match": "*"}),
    Row("customer_assignments", READS, OF_OTHER, "pk=customer"),
    Row("customer_appoint", HEADS, NOT_THEIRS, "pk=customer role='sponsor'"),
    Row("customer_appoint", {302: "head"}, NOT_THEIRS, "pk=customer role='sponsor'", "post", NAMED),
    Row("assignment_end", HEADS, NOT_THEIRS, "pk=assignment"),
    Row("assignment_end", {302: "head"}, NOT_THEIRS, "pk=assignment", "post", {"reason": "'Moved'"}),
]
