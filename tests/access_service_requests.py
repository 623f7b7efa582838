"""Routes about service requests and their forms: part of the table of access."""

from tests.access import Row

READS, READS_OTHER = {200: "manager teller agent head auditor"}, {200: "agent auditor", 404: "manager teller head"}
WRITES, WRITES_NOT = {200: "manager teller agent head"}, {200: "agent", 404: "manager teller head"}
DONE, DONE_NOT = {302: "manager teller agent head"}, {302: "agent", 404: "manager teller head"}
FORMS = {200: "manager teller agent head admin approver auditor"}
ARGS, SAID = "pk=service_request", {"version": "service_request.version"}
CANCELLED = SAID | {"reason": "'Changed their mind'"}

SERVICE_REQUESTS = [
    Row("api:service-requests-list", READS),
    Row("api:service-requests-detail", READS, READS_OTHER, ARGS),
    Row("api:service-requests-forms", READS),
    Row("api:service-requests-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"}, method="post",
        data={"customer": "customer.number", "form": "'plain'", "answers": "wish"}),
    Row("api:service-requests-authorise", WRITES, WRITES_NOT, ARGS, "post", SAID),
    Row("api:service-requests-cancel", WRITES, WRITES_NOT, ARGS, "post", CANCELLED),
    Row("api:service-requests-send-again", WRITES, WRITES_NOT, "pk=stuck_request", "post"),
    Row("service_request_send_again", DONE, DONE_NOT, "pk=stuck_request", "post"),
    Row("api:request-forms-list", FORMS),
    Row("api:request-forms-detail", FORMS, args="pk=request_form"),
    Row("service_requests", READS),
    Row("service_request", READS, READS_OTHER, ARGS),
    Row("service_request_authorise", WRITES, WRITES_NOT, ARGS),
    Row("service_request_authorise", DONE, DONE_NOT, ARGS, "post", SAID),
    Row("service_request_cancel", WRITES, WRITES_NOT, ARGS),
    Row("service_request_cancel", DONE, DONE_NOT, ARGS, "post", CANCELLED),
    Row("customer_request", WRITES, WRITES_NOT, "pk=customer"),
    Row("customer_request_form", WRITES, WRITES_NOT, "pk=customer code='plain'"),
    Row("customer_request_form", DONE, DONE_NOT, "pk=customer code='plain'", "post", {"wish": "'更大的卡'"}),
    Row("request_forms", FORMS),
    Row("request_form", FORMS, args="code='plain'"),
    Row("request_form_new", {200: "admin"}),
    Row("request_form_new", {422: "admin"}, method="post", data={"do": "'propose'"}),
    Row("request_form_propose", {200: "admin"}, args="code='plain'"),
    Row("request_form_propose", {422: "admin"}, args="code='plain'", method="post", data={"do": "'propose'"}),
    Row("request_form_version", FORMS, args="pk=request_form"),
    Row("request_form_rollback", {200: "admin"}, args="pk=request_form"),
    Row("request_form_rollback", {302: "admin"}, args="pk=request_form", method="post", data={"reason": "'As before'"}),
]  # fmt: skip
