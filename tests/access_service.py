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
    Row("desk_profile_keep", KEPT, method="post", data={"user": "'teller'", "capacity": "'9'"}),
    Row("api:ticket-boards-list", READS),
    Row("ticket_boards", READS),
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
ANSWERED, REVIEWED = "pk=answered_complaint", "pk=reviewed_complaint"
DECIDED = {"outcome": "'changed'", "words": "'Yes'"}
JUDGES, JUDGES_NOT = {200: "head", 404: "manager teller agent"}, {404: "manager teller agent head"}
MAKERS, MAKERS_NOT = {200: "manager teller head"}, {404: "manager teller head"}
ENDED = {
    "words": "'Sorry'",
    "version": "complaint.version",
    "cause": "'waiting'",
    "remedies": "answered_complaint.remedies",
}
COMPLAINTS = [
    Row("api:complaints-list", READS),
    Row("api:complaints-detail", READS, READS_OTHER, LEGAL),
    Row("api:complaints-declare", WRITES, WRITES_NOT, LEGAL, "post", {"act": "'complex'", "words": "'Many'", "version": "complaint.version"}),
    Row("api:complaints-give-answer", WRITES, WRITES_NOT, LEGAL, "post", ENDED),
    Row("complaints", READS),
    Row("complaint_register", {200: "head auditor"}),
    Row("complaint", READS, READS_OTHER, LEGAL),
    Row("complaint_answer", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_answer", DONE, DONE_NOT, LEGAL, "post", ENDED),
    Row("complaint_declare", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_declare", DONE, DONE_NOT, LEGAL, "post", {"version": "complaint.version", "act": "'complex'", "words": "'Many'"}),
    Row("api:complaints-acknowledge", WRITES, WRITES_NOT, LEGAL, "post", {"words": "'Soon'"}),
    Row("api:complaints-ask-review", WRITES, WRITES_NOT, ANSWERED, "post", {"words": "'No'"}),
    Row("api:complaints-decide-review", JUDGES, JUDGES_NOT, REVIEWED, "post", DECIDED),
    Row("complaint_acknowledge", WRITES, WRITES_NOT, LEGAL),
    Row("complaint_acknowledge", DONE, DONE_NOT, LEGAL, "post"),
    Row("complaint_letter", READS, READS_OTHER, "pk=lettered_complaint letter=complaint_letter"),
    Row("complaint_review", WRITES, WRITES_NOT, ANSWERED),
    Row("complaint_review", DONE, DONE_NOT, ANSWERED, "post", {"words": "'No'"}),
    Row("complaint_review_decide", JUDGES, JUDGES_NOT, REVIEWED),
    Row("complaint_review_decide", {302: "head", 404: "manager teller agent"}, JUDGES_NOT, REVIEWED, "post", DECIDED),
    Row("complaint_compensate", MAKERS, MAKERS_NOT, LEGAL),
    Row("complaint_compensate", {422: "manager teller head"}, MAKERS_NOT, LEGAL, "post", {"amount": "'1'"}),
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
NOBODY = {"name": "'Li'", "phone": "'13900001234'"}
PAPER = NOBODY | {"scopes": "scopes", "since": "'2026-01-01'", "until": "'2098-01-01'", "paper": "'P-1'"}
SPEAKS = "pk=caller"
PAPERS, PAPERS_NOT = {200: "manager teller head"}, {404: "manager teller head"}
CALLERS = [
    Row("api:callers-list", READS),
    Row("api:callers-list", MADE, method="post", data=NOBODY),
    Row("api:callers-detail", READS, READS_OTHER, SPEAKS),
    Row("api:callers-join", WRITES, {200: "agent", 400: "manager teller head"}, "pk=nobody", "post",
        {"customer": "customer.number", "version": "nobody.version"}),
    Row("api:callers-reveal", READS, READS_OTHER, SPEAKS, "post", {"field": "'phone'", "reason": "'Call back'"}),
    Row("api:mandates-list", READS),
    Row("api:mandates-list", {201: "manager teller head"}, {400: "manager teller head"}, method="post",
        data=PAPER | {"customer": "customer.number"}),
    Row("api:mandates-detail", READS, READS_OTHER, "pk=attorney"),
    Row("api:mandates-end", PAPERS, PAPERS_NOT, "pk=attorney", "post"),
    Row("ticket_of_nobody", WRITES),
    Row("ticket_of_nobody", {302: "manager teller agent head"}, method="post",
        data=TYPED | NOBODY | {"queue": "ticket_queue.code"}),
    Row("caller", READS, READS_OTHER, SPEAKS),
    Row("caller_join", WRITES, WRITES_NOT, SPEAKS),
    Row("caller_join", DONE, {302: "agent", 422: "manager teller head"}, "pk=nobody", "post",
        {"customer": "customer.number", "version": "nobody.version"}),
    Row("caller_reveal", READS, READS_OTHER, "pk=caller kind='phone'"),
    Row("caller_reveal", READS, READS_OTHER, "pk=caller kind='phone'", "post", {"reason": "'Call back'"}),
    Row("customer_mandate", PAPERS, PAPERS_NOT, "pk=customer"),
    Row("customer_mandate", {302: "manager teller head"}, PAPERS_NOT, "pk=customer", "post", PAPER),
    Row("mandate_end", PAPERS, PAPERS_NOT, "pk=attorney"),
    Row("mandate_end", {302: "manager teller head"}, PAPERS_NOT, "pk=attorney", "post"),
]  # fmt: skip

PROMISED = {"topic": "'Card'", "due_at": "tomorrow_noon"}
OWN_CALL, OWN_NOT, KEPT_BY = {200: "agent"}, {404: "agent"}, {200: "agent head admin auditor"}
WRAPPED = {
    "outcome": "'agreed'",
    "step": "'week'",
    "purpose": "'service'",
    "follows": "'nothing'",
    "reasons": "call_reason.code",
}
SAYS = {"text_en": "'Hello'", "text_zh": "'您好'"}
PHONE = [
    Row("api:call-backs-list", READS),
    Row("api:call-backs-list", MADE, {201: "agent", 400: "manager teller head"}, method="post",
        data=PROMISED | {"customer": "customer.number"}),
    Row("api:call-backs-detail", READS, READS_OTHER, "pk=call_back"),
    Row("api:call-backs-take", WRITES, WRITES_NOT, "pk=call_back", "post"),
    Row("api:call-backs-finish", {200: "manager", 409: "teller agent head"}, {409: "agent", 404: "manager teller head"},
        "pk=taken_call_back", "post", {"is_reached": "'true'"}),
    Row("api:call-backs-cancel", WRITES, WRITES_NOT, "pk=call_back", "post"),
    Row("api:call-scripts-list", KEPT_BY),
    Row("api:call-scripts-list", {201: "admin"}, method="post", data=SAYS | {"moment": "'refused'"}),
    Row("api:call-scripts-detail", KEPT_BY, args="pk=call_script"),
    Row("api:call-reasons-list", KEPT_BY),
    Row("api:call-reasons-detail", KEPT_BY, args="pk=call_reason"),
    Row("api:wrap-ups-list", {200: "agent head auditor"}),
    Row("api:wrap-ups-list", {201: "agent"}, {400: "agent"}, method="post",
        data={"call": "call", "outcome": "'reached'", "reasons": "reasons"}),
    Row("api:wrap-ups-detail", {200: "agent auditor", 404: "head"}, {200: "auditor", 404: "agent head"}, "pk=wrap_up"),
    Row("call_wrap_up", OWN_CALL, OWN_NOT, "pk=call"),
    Row("call_wrap_up", {302: "agent"}, OWN_NOT, "pk=call", "post", WRAPPED),
    Row("call_balances", {302: "agent"}, OWN_NOT, "pk=call", "post"),
    Row("call_backs", READS),
    Row("call_back", READS, READS_OTHER, "pk=call_back"),
    Row("call_back_take", WRITES, WRITES_NOT, "pk=call_back", "post"),
    Row("call_back_finish", DONE, DONE_NOT, "pk=taken_call_back", "post"),
    Row("call_back_cancel", WRITES, WRITES_NOT, "pk=call_back"),
    Row("call_back_cancel", DONE, DONE_NOT, "pk=call_back", "post"),
    Row("customer_call_back", WRITES, WRITES_NOT, "pk=customer"),
    Row("customer_call_back", DONE, DONE_NOT, "pk=customer", "post", PROMISED),
    Row("caller_call_back", WRITES, WRITES_NOT, SPEAKS),
    Row("caller_call_back", DONE, DONE_NOT, SPEAKS, "post", PROMISED),
    Row("call_scripts", KEPT_BY),
    Row("call_script", {200: "admin"}, args="moment='verified'"),
    Row("call_script", {302: "admin"}, args="moment='refused'", method="post", data=SAYS | {"number": "'0'"}),
    Row("call_reasons", KEPT_BY),
    Row("call_reason_add", {200: "admin"}),
    Row("call_reason_add", {302: "admin"}, method="post", data={"code": "'loan'", "name": "'Loan'"}),
    Row("call_reason", {200: "admin"}, args="pk=call_reason"),
    Row("call_reason", {302: "admin"}, args="pk=call_reason", method="post", data={"name": "'Loan'"}),
]  # fmt: skip

SERVICE = [
    *TICKETS,
    *PHONE,
    *COMPLAINTS,
    *RULES,
    *CALLERS,
    Row("api:service-levels-list", LEVELS),
    Row("api:service-levels-detail", LEVELS, args="pk=service_levels"),
    Row("service_levels", LEVELS),
    Row("service_levels_propose", {200: "admin"}),
    Row("service_levels_propose", {422: "admin"}, method="post", data={"do": "'propose'"}),
    Row("service_levels_version", LEVELS, args="pk=service_levels"),
    Row("service_levels_rollback", {200: "admin"}, args="pk=service_levels"),
    Row("service_levels_rollback", {302: "admin"}, args="pk=service_levels", method="post", data=AGAIN),
]
