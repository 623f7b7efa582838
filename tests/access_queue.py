"""Routes of a branch's queue: part of the table of access."""

from tests.access import Row

STAFF, FIGURES = {200: "teller head auditor"}, {200: "teller head admin auditor"}
ELSEWHERE = {200: "auditor", 404: "teller head"}
WRITES, DONE, NOT_DONE = {200: "teller head"}, {302: "teller head"}, {404: "teller head"}
HEAD, ADMIN = {200: "head"}, {200: "admin"}
NUMBER, CALLED = "pk=queue_number", "pk=called_number"
VERSION = {"version": "called_number.version"}
# only who sits at the counter goes on with its number
AT_COUNTER = {200: "teller", 409: "head"}
COUNTER = {"number": "'9'", "kinds": "'cash'", "is_used": "'on'"}
BLOCK = {"is_open": "'on'", "paper_from": "'801'", "paper_until": "'899'"}

QUEUE = [
    Row("api:queue-list", STAFF),
    Row("api:queue-list", {201: "teller head"}, {400: "teller head"}, method="post", data={"branch": "branch.code", "kind": "'cash'"}),
    Row("api:queue-detail", STAFF, ELSEWHERE, NUMBER),
    Row("api:queue-next", {409: "teller", 200: "head"}, method="post"),
    *(
        Row(f"api:queue-{do}", AT_COUNTER, NOT_DONE, CALLED, "post", VERSION)
        for do in ("recall", "serve", "finish", "no-show")
    ),
    Row("api:queue-transfer", AT_COUNTER, NOT_DONE, CALLED, "post", VERSION | {"kind": "'loans'"}),
    Row("api:counters-list", FIGURES),
    Row("api:counters-detail", FIGURES, {200: "admin auditor", 404: "teller head"}, "pk=counter"),
    Row("api:business-kinds-list", FIGURES),
    Row("api:business-kinds-detail", FIGURES, args="pk=business_kind"),
    Row("api:queue-rules-list", FIGURES),
    Row("api:queue-rules-detail", FIGURES, args="pk=queue_rules"),
    Row("queue", STAFF, ELSEWHERE, query="branch=branch.code"),
    Row("queue_waiting", STAFF, ELSEWHERE, query="branch=branch.code"),
    Row("queue_take", WRITES, NOT_DONE, query="branch=branch.code"),
    Row("queue_take", DONE, NOT_DONE, method="post", data={"kind": "'cash'"}, query="branch=branch.code"),
    Row("queue_paper", WRITES, NOT_DONE, query="branch=branch.code"),
    Row("queue_paper", {422: "teller head"}, NOT_DONE, method="post", query="branch=branch.code"),
    Row("queue_paper_block", STAFF, ELSEWHERE, query="branch=branch.code"),
    Row("queue_next", {302: "teller head"}, method="post"),
    Row("counter_open", DONE, NOT_DONE, "pk=free_counter", "post"),
    Row("counter_leave", DONE, NOT_DONE, "pk=free_counter", "post"),
    Row("queue_numbers", STAFF),
    Row("queue_number", STAFF, ELSEWHERE, NUMBER),
    Row("queue_ticket", STAFF, ELSEWHERE, NUMBER),
    Row("queue_transfer", DONE, NOT_DONE, CALLED, "post", VERSION | {"kind": "'loans'"}),
    Row("queue_do", DONE, NOT_DONE, "pk=called_number do='finish'", "post", VERSION),
    Row("queue_waits", FIGURES, {200: "admin auditor", 404: "teller head"}, query="branch=branch.code"),
    Row("counters", FIGURES),
    Row("counter_add", HEAD),
    Row("counter_add", {302: "head"}, method="post", data=COUNTER),
    Row("counter", HEAD, {404: "head"}, "pk=free_counter"),
    Row("counter", {302: "head"}, {404: "head"}, "pk=free_counter", "post", COUNTER),
    Row("branch_queue", HEAD, {404: "head"}, query="branch=branch.code"),
    Row("branch_queue", {302: "head"}, {404: "head"}, method="post", data=BLOCK, query="branch=branch.code"),
    Row("wall_renew", {302: "head"}, {404: "head"}, "pk=branch_queue", "post"),
    Row("business_kinds", FIGURES),
    Row("business_kind_add", ADMIN),
    Row("business_kind_add", {302: "admin"}, method="post", data={"code": "'forex'", "name": "'Forex'", "letter": "'F'"}),
    Row("business_kind", ADMIN, args="pk=business_kind"),
    Row("business_kind", {302: "admin"}, args="pk=business_kind", method="post", data={"name": "'Notes'"}),
    Row("queue_rules", FIGURES),
    Row("queue_rules_propose", ADMIN),
    Row("queue_rules_propose", {302: "admin"}, method="post", data={"ageing": "'0.2'", "limit_minutes": "'20'", "reason": "'Long waits'"}),
    Row("api:card-keys-list", STAFF),
    Row("api:card-keys-list", {201: "teller head"}, {400: "teller head"}, method="post",
        data={"customer": "customer.number", "number": "'6222020000000012344'"}),
    Row("api:card-keys-detail", STAFF, ELSEWHERE, "pk=card_key"),
    Row("api:card-keys-detail", {204: "teller head"}, NOT_DONE, "pk=card_key", "delete", headers={"If-Match": "*"}),
    Row("customer_card_key", WRITES, NOT_DONE, "pk=customer"),
    Row("customer_card_key", DONE, NOT_DONE, "pk=customer", "post", {"number": "'6222020000000012344'"}),
]  # fmt: skip

BOOKS = {200: "manager teller agent head"}
BOOKED, BOOKED_NOT = {302: "manager teller agent head"}, {302: "agent", 404: "manager teller head"}
SEES, SEES_NOT = {200: "manager teller agent head auditor"}, {200: "agent auditor", 404: "manager teller head"}
BOOKING, READ = "pk=booking", {"version": "booking.version"}
HALL = {200: "manager teller head auditor"}
WHEN = {"starts_at": "tomorrow_noon", "minutes": "'30'", "room": "room"}
ASKED = WHEN | {"customer": "customer.number", "manager": "host.username"}

RECEPTION = [
    Row("api:rooms-list", SEES),
    Row("api:rooms-detail", SEES, args="pk=room"),
    Row("api:bookings-list", SEES),
    Row("api:bookings-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"}, method="post", data=ASKED),
    Row("api:bookings-detail", SEES, SEES_NOT, BOOKING),
    *(
        Row(f"api:bookings-{do}", BOOKS, {200: "agent", 404: "manager teller head"}, BOOKING, "post", READ)
        for do in ("arrive", "miss")
    ),
    Row("api:bookings-cancel", BOOKS, {200: "agent", 404: "manager teller head"}, BOOKING, "post", READ | {"reason": "'Ill'"}),
    Row("api:bookings-move", BOOKS, {200: "agent", 404: "manager teller head"}, BOOKING, "post", READ | WHEN),
    Row("reception", HALL, {200: "auditor", 404: "manager teller head"}, query="branch=branch.code"),
    Row("bookings", SEES),
    Row("booking_add", BOOKS),
    Row("booking_add", BOOKED, {302: "agent", 422: "manager teller head"}, method="post", data=ASKED),
    Row("booking", SEES, SEES_NOT, BOOKING),
    *(Row(f"booking_{do}", BOOKS, {200: "agent", 404: "manager teller head"}, BOOKING) for do in ("arrive", "miss", "move", "cancel")),
    *(Row(f"booking_{do}", BOOKED, BOOKED_NOT, BOOKING, "post", READ) for do in ("arrive", "miss")),
    Row("booking_move", BOOKED, BOOKED_NOT, BOOKING, "post", READ | WHEN),
    Row("booking_cancel", BOOKED, BOOKED_NOT, BOOKING, "post", READ | {"reason": "'Ill'"}),
    Row("rooms", SEES),
    Row("room_add", HEAD),
    Row("room_add", {302: "head"}, method="post", data={"name": "'Jade'", "is_used": "'on'"}),
    Row("room", HEAD, {404: "head"}, "pk=room"),
    Row("room", {302: "head"}, {404: "head"}, "pk=room", "post", {"name": "'Jade'", "is_used": "'on'"}),
]  # fmt: skip
