"""Routes about who looks after customers: part of the table of access."""

from tests.access import Row

READS = {200: "manager teller head auditor"}
OF_OTHER = {200: "auditor", 404: "manager teller head"}
HEADS = {200: "head"}
NOT_THEIRS = {404: "head"}
SPONSOR = {"customer": "customer.number", "manager": "colleague.username", "role": "'sponsor'", "since": "'2099-01-01'"}
NAMED = {"manager": "colleague", "since": "'2099-01-01'"}

CARRIERS = {200: "manager head auditor"}
NO_CARRIER = {200: "auditor", 404: "manager head"}
AWAY = {"manager": "colleague.username", "kind": "'leave'", "since": "'2099-01-01'", "until": "'2099-02-01'"}
LEAVE = {"kind": "'leave'", "since": "'2099-01-01'", "until": "'2099-02-01'"}
CAPACITY = {"capacity": "'120'"}

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
    Row("managers", CARRIERS),
    Row("uncovered", CARRIERS),
    Row("manager", CARRIERS, NO_CARRIER, "pk=keeper"),
    Row("manager_absence", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("manager_absence", {302: "head"}, NOT_THEIRS, "pk=keeper", "post", LEAVE),
    Row("manager_capacity", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("manager_capacity", {302: "head"}, NOT_THEIRS, "pk=keeper", "post", CAPACITY | {"version": "'0'"}),
    Row("absence_end", HEADS, NOT_THEIRS, "pk=absence"),
    Row("absence_end", {302: "head"}, NOT_THEIRS, "pk=absence", "post"),
    Row("api:managers-list", CARRIERS),
    Row("api:managers-detail", CARRIERS, NO_CARRIER, "pk=keeper"),
    Row("api:managers-detail", HEADS, NOT_THEIRS, "pk=keeper", "patch", CAPACITY, headers={"If-Match": "*"}),
    Row("api:absences-list", CARRIERS),
    Row("api:absences-list", {201: "head"}, {400: "head"}, "", "post", AWAY),
    Row("api:absences-detail", CARRIERS, NO_CARRIER, "pk=absence"),
    Row("api:absences-detail", {204: "head"}, NOT_THEIRS, "pk=absence", "delete", headers={"If-Match": "*"}),
]
