"""Routes of the service app: part of the table of access."""

from tests.access import Row

LEVELS = {200: "manager teller agent head admin approver auditor"}
AGAIN = {"reason": "'As before'"}

ANY = {"If-Match": "*"}
# an agent sees every customer in outline
READS, READS_OTHER = {200: "manager teller agent head auditor"}, {200: "agent auditor", 404: "manager teller head"}
WRITES = {200: "manager teller agent head"}
WRITES_NOT = {200: "agent", 404: "manager teller head"}
DONE, DONE_NOT = {302: "manager teller agent head"}, {302: "agent", 404: "manager teller head"}
MADE = {201: "manager teller agent head"}
QUEUES = {200: "manager teller agent head admin auditor"}
HEAD, KEPT = {200: "head"}, {302: "head"}
TYPED = {"kind": "'question'", "channel": "'phone'", "subject": "'Card'", "body": "'Lost'", "impact": "'low'"}
SAID = {"version": "ticket.version", "body": "'Yes'"}
ARGS = "pk=ticket"

TICKETS = [
    Row("api:tickets-list", READS),
    Row("api:tickets-detail", READS, READS_OTHER, ARGS),
    Row("api:tickets-messages", READS, READS_OTHER, ARGS),
    Row("api:tickets-list", MADE, {201: "agent", 400: "manager teller head"}, method="post", data=TYPED | {"customer": "customer.number"}),
    Row("api:tickets-say", MADE, {201: "agent", 404: "manager teller head"}, ARGS, "post", {"kind": "'note'", "body": "'Yes'"}),
    Row("api:tickets-next", {204: "manager teller agent head"}, method="post"),
    Row("api:tickets-detail", WRITES, WRITES_NOT, ARGS, "patch", {"priority": "'high'"}, headers=ANY),
    Row("api:ticket-queues-list", QUEUES),
    Row("api:ticket-queues-detail", QUEUES, args="pk=ticket_queue"),
    Row("ticket_queues", QUEUES),
    Row("ticket_queue_add", HEAD),
    Row("ticket_queue_add", KEPT, method="post", data={"code": "'loans'", "name": "'Loans'", "team": "desk_team.code"}),
    Row("ticket_queue", HEAD, args="pk=ticket_queue"),
    Row("ticket_queue", KEPT, args="pk=ticket_queue", method="post", data={"name": "'Loans'", "team": "desk_team.code"}),
    Row("desk_profiles", QUEUES),
    Row("desk_profile_keep", HEAD),
    Row("desk_profile_keep", KEPT, method="post", data={"user": "'agent'", "capacity": "'9'"}),
    Row("tickets", READS),
    Row("ticket", READS, READS_OTHER, ARGS),
    Row("ticket_add", WRITES),
    Row("ticket_add", {302: "manager teller agent head"}, {302: "agent", 422: "manager teller head"}, method="post",
        data=TYPED | {"customer": "customer.number"}),
    Row("ticket_next", DONE, method="post"),
    Row("ticket_reply", WRITES, WRITES_NOT, ARGS),
    Row("ticket_reply", DONE, DONE_NOT, ARGS, "post", SAID),
    Row("ticket_word", WRITES, WRITES_NOT, ARGS),
    Row("ticket_word", DONE, DONE_NOT, ARGS, "post", SAID),
    Row("ticket_note", WRITES, WRITES_NOT, ARGS),
    Row("ticket_note", DONE, DONE_NOT, ARGS, "post", SAID),
    Row("ticket_move", WRITES, WRITES_NOT, ARGS),
    Row("ticket_move", DONE, DONE_NOT, ARGS, "post", {"version": "ticket.version", "status": "'solved'"}),
    Row("ticket_assign", WRITES, WRITES_NOT, ARGS),
    Row("ticket_assign", DONE, DONE_NOT, ARGS, "post", {"version": "ticket.version", "to": "'agent'"}),
    Row("ticket_priority", WRITES, WRITES_NOT, ARGS),
    Row("ticket_priority", DONE, DONE_NOT, ARGS, "post", {"version": "ticket.version", "priority": "'high'"}),
    Row("ticket_link", WRITES, WRITES_NOT, ARGS),
    Row("ticket_link", DONE, DONE_NOT, ARGS, "post",
        {"version": "ticket.version", "kind": "'repeats'", "other": "linked_ticket.number"}),
    Row("ticket_watch", {302: "manager teller agent head auditor"}, {302: "agent auditor", 404: "manager teller head"}, ARGS, "post"),
    Row("ticket_file", READS, READS_OTHER, "pk=ticket file=ticket_file"),
    Row("customer_ticket", WRITES, WRITES_NOT, "pk=customer"),
    Row("customer_ticket", DONE, DONE_NOT, "pk=customer", "post", TYPED),
]  # fmt: skip

LEGAL = "pk=complaint"
COMPLAINTS = [
    Row("api:complaints-list", READS),
    Row("api:complaints-detail", READS, READS_OTHER, LEGAL),
    Row("api:complaints-declare", WRITES, WRITES_NOT, LEGAL, "post", {"act": "'complex'", "words": "'Many'", "version": "complaint.version"}),
    Row("api:complaints-give-answer", WRITES, WRITES_NOT, LEGAL, "post", {"words": "'Sorry'", "version": "complaint.version"}),
    Row("complaints", READS),
    Row("complaint", READS, READS_OTHER, LEGAL),
    Row("complaint_answer", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_answer", DONE, DONE_NOT, LEGAL, "post", {"version": "complaint.version", "words": "'Sorry'"}),
    Row("complaint_declare", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_declare", DONE, DONE_NOT, LEGAL, "post", {"version": "complaint.version", "act": "'complex'", "words": "'Many'"}),
    Row("complaint_extend", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_extend", DONE, DONE_NOT, "pk=complex_complaint", "post", {"reason": "'Many'"}),
]  # fmt: skip

RULES = [
    Row("api:complaint-rules-list", LEVELS),
    Row("api:complaint-rules-detail", LEVELS, args="pk=complaint_rules"),
    Row("complaint_rules", LEVELS),
    Row("complaint_rules_propose", {200: "admin"}),
    Row("complaint_rules_propose", {422: "admin"}, method="post", data={"do": "'propose'"}),
    Row("complaint_rules_version", LEVELS, args="pk=complaint_rules"),
    Row("complaint_rules_rollback", {200: "admin"}, args="pk=complaint_rules"),
    Row("complaint_rules_rollback", {302: "admin"}, args="pk=complaint_rules", method="post", data=AGAIN),
]

SERVICE = [
    *TICKETS,
    *COMPLAINTS,
    *RULES,
    Row("api:service-levels-list", LEVELS),
    Row("api:service-levels-detail", LEVELS, args="pk=service_levels"),
    Row("service_levels", LEVELS),
    Row("service_levels_propose", {200: "admin"}),
    Row("service_levels_propose", {422: "admin"}, method="post", data={"do": "'propose'"}),
    Row("service_levels_version", LEVELS, args="pk=service_levels"),
    Row("service_levels_rollback", {200: "admin"}, args="pk=service_levels"),
    Row("service_levels_rollback", {302: "admin"}, args="pk=service_levels", method="post", data=AGAIN),
]
