"""Routes about work orders: part of the table of access."""

from tests.access import Row
from tests.access_service_requests import ARGS, DONE, DONE_NOT, WRITES, WRITES_NOT

ORDER, ORDER_SAID = "pk=work_order", {"version": "work_order.version"}
ORDER_WORDS = ORDER_SAID | {"words": "'Found'"}
TAKEN = {200: "teller", 409: "manager agent head"}
TAKEN_OTHER = {404: "manager head", 409: "agent", 200: "teller"}
HELD, HELD_OTHER = {302: "teller", 422: "manager agent head"}, {302: "teller", 422: "agent", 404: "manager head"}
SEEN, SEEN_OTHER = {200: "manager teller agent head auditor"}, {200: "teller agent auditor", 404: "manager head"}
FORM, FORM_OTHER = {200: "manager teller agent head"}, {200: "teller agent", 404: "manager head"}
OPENED = {"what": "'Find it'", "teams": "desks", "due_at": "'2098-01-01T09:00:00+08:00'"}
TYPED = {"what": "'Find it'", "teams": "desk_team.code", "due_at": "'2098-01-01T09:00'"}
PASSED = {"version": "returned_order.version", "team": "desk_team.code", "due_at": "'2098-01-01T09:00'"}

WORK_ORDERS = [
    Row("api:work-orders-list", {200: "manager teller agent head auditor"}),
    Row("api:work-orders-detail", SEEN, SEEN_OTHER, ORDER),
    Row("api:work-orders-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"}, method="post",
        data=OPENED | {"ticket": "ticket.number"}),
    Row("api:work-orders-take", TAKEN, TAKEN_OTHER, ORDER, "post", ORDER_SAID),
    Row("api:work-orders-finish", TAKEN, TAKEN_OTHER, ORDER, "post", ORDER_WORDS),
    Row("api:work-orders-give-back", TAKEN, TAKEN_OTHER, ORDER, "post", ORDER_WORDS),
    Row("api:work-orders-pass-on", WRITES, {200: "agent", 404: "manager head", 409: "teller"}, "pk=returned_order", "post", PASSED),
    Row("api:work-orders-cancel", WRITES, {200: "agent", 404: "manager head", 409: "teller"}, ORDER, "post", ORDER_WORDS),
    Row("work_orders", {200: "manager teller agent head auditor"}),
    Row("work_order", SEEN, SEEN_OTHER, ORDER),
    Row("work_order_take", FORM, FORM_OTHER, ORDER),
    Row("work_order_take", HELD, HELD_OTHER, ORDER, "post", ORDER_SAID),
    Row("work_order_finish", FORM, FORM_OTHER, ORDER),
    Row("work_order_finish", HELD, HELD_OTHER, ORDER, "post", ORDER_WORDS),
    Row("work_order_give_back", FORM, FORM_OTHER, ORDER),
    Row("work_order_give_back", HELD, HELD_OTHER, ORDER, "post", ORDER_WORDS),
    Row("work_order_pass_on", FORM, FORM_OTHER, "pk=returned_order"),
    Row("work_order_pass_on", DONE, {302: "agent", 422: "teller", 404: "manager head"}, "pk=returned_order", "post", PASSED),
    Row("work_order_cancel", FORM, FORM_OTHER, ORDER),
    Row("work_order_cancel", DONE, {302: "agent", 422: "teller", 404: "manager head"}, ORDER, "post", ORDER_WORDS),
    Row("ticket_work_orders", WRITES, WRITES_NOT, "pk=ticket"),
    Row("ticket_work_orders", DONE, DONE_NOT, "pk=ticket", "post", TYPED),
    Row("service_request_work_orders", WRITES, WRITES_NOT, ARGS),
    Row("service_request_work_orders", DONE, DONE_NOT, ARGS, "post", TYPED),
]  # fmt: skip
