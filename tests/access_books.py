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

DECIDED = {302: "head"}
RULES = {200: "manager head admin approver auditor"}
TEAM = {"name": "'Third team'", "branch": "branch"}
NEW_TEAM = {"code": "'third'", "name": "'Third team'", "branch": "branch.code", "members": "nobodies"}

BOOKS = [
    Row("assignment_policies", RULES),
    Row("assignment_policy", RULES, args="pk=assigning"),
    Row("assignment_rollback", {200: "admin"}, args="pk=assigning"),
    Row("assignment_rollback", {422: "admin"}, args="pk=assigning", method="post"),
    Row("api:assignment-policies-list", RULES),
    Row("api:assignment-policies-detail", RULES, args="pk=assigning"),
    Row("move_suggestions", CARRIERS),
    Row("moves_approve", HEADS),
    Row("moves_approve", DECIDED, None, "", "post", {"seen": "'0:0'"}),
    Row("move_suggestion", HEADS, NOT_THEIRS, "pk=move"),
    Row("move_suggestion", DECIDED, NOT_THEIRS, "pk=move", "post", {"decision": "'approve'", "version": "'1'"}),
    Row("api:move-suggestions-list", CARRIERS),
    Row("api:move-suggestions-detail", CARRIERS, NO_CARRIER, "pk=move"),
    Row("api:move-suggestions-approve", HEADS, NOT_THEIRS, "pk=move", "post", {"version": "'1'"}),
    Row("api:move-suggestions-refuse", HEADS, NOT_THEIRS, "pk=move", "post", {"version": "'1'", "reason": "'Stays'"}),
    Row("assignment_runs", {200: "head auditor"}),
    Row("assignment_try", HEADS),
    Row("assignment_try", DECIDED, method="post"),
    Row("assignment_run", {200: "head auditor"}, args="pk=assignment_run"),
    Row("assignment_progress", {200: "head auditor"}, args="pk=assignment_run"),
    Row("api:assignment-runs-list", {200: "head auditor"}),
    Row("api:assignment-runs-list", {201: "head"}, method="post"),
    Row("api:assignment-runs-detail", {200: "head auditor"}, args="pk=assignment_run"),
    Row("teams", {200: "manager head admin auditor"}),
    Row("team_add", HEADS),
    Row("team_add", DECIDED, None, "", "post", TEAM | {"code": "'third'"}),
    Row("team_change", HEADS, NOT_THEIRS, "pk=team"),
    Row("team_change", DECIDED, NOT_THEIRS, "pk=team", "post", TEAM),
    Row("api:teams-list", {200: "manager head admin auditor"}),
    Row("api:teams-list", {201: "head"}, {409: "head"}, "", "post", NEW_TEAM),
    Row("api:teams-detail", {200: "manager head admin auditor"}, args="pk=team"),
    Row("api:teams-detail", HEADS, {409: "head"}, "pk=team", "patch", {"name": "'Fourth'"}, headers={"If-Match": "*"}),
    Row("manager_book", CARRIERS, NO_CARRIER, "pk=keeper"),
    Row("api:manager-figures", CARRIERS, NO_CARRIER, "pk=keeper"),
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
