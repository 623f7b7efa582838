"""Routes of calls, needs, and cards made at the counter: part of the table of access."""

from tests.access import Row

STAFF = {200: "manager teller agent head"}
LOGS_OTHER = {200: "agent", 404: "manager teller head"}
LOGGED, LOGGED_OTHER = {302: "manager teller agent head"}, {302: "agent", 404: "manager teller head"}
CALLS = {200: "agent head auditor"}
CALL = {200: "agent auditor", 404: "head"}
CALL_OTHER = {200: "auditor", 404: "agent head"}
TAKES, TAKES_NOT = {302: "agent"}, {404: "agent"}
ACTS, ACTS_NOT = {200: "agent"}, {404: "agent"}
CHOSEN = {"customer": "customer"}
AFTER = {"outcome": "'agreed'", "step": "'week'", "purpose": "'service'"}
NEEDS = {200: "manager teller agent head auditor"}
REPORTS = {200: "manager head admin auditor"}
WANTS = {"need_about": "'family deposit'", "need_wish": "'price'"}
WISH = {"family": "'deposit'", "wish": "'price'", "is_met": "'false'"}
ORDERS = {200: "manager teller head auditor"}
ORDERS_OTHER = {200: "auditor", 404: "manager teller head"}
COUNTER, NOT_THEIRS = {200: "teller head"}, {404: "teller head"}
DONE = {302: "teller head"}
STOCK = {200: "teller head admin auditor"}
STOCK_OTHER = {200: "admin auditor", 404: "teller head"}
MADE = {201: "teller head"}
DESIGNS = {200: "manager teller head admin auditor"}
CARD = {"account": "account", "design": "new_design", "embossed_name": "'ZHANG WEI'", "is_confirmed": "'on'"}
CARD_REST = {"customer": "customer.number", "account": "account.number", "design": "new_design.code",
             "embossed_name": "'ZHANG WEI'", "is_confirmed": "'true'"}  # fmt: skip
WHY = {"reason": "'Torn in the printer'"}
ARRIVED = {"quantity": "'2'", "remark": "'Complete'"}

COUNTER_REST = [
    Row("api:calls-list", CALLS),
    # the call that goes on already
    Row("api:calls-list", {201: "agent"}, method="post", data={"number": "'13812345678'"}),
    Row("api:calls-detail", CALL, CALL_OTHER, "pk=call"),
    Row("api:calls-choose", ACTS, ACTS_NOT, "pk=call", "post", CHOSEN),
    Row("api:calls-verify", ACTS, ACTS_NOT, "pk=call", "post", {"answers": "call_answers"}),
    Row("api:calls-end", ACTS, ACTS_NOT, "pk=call", "post"),
    Row("api:needs-list", NEEDS),
    Row("api:needs-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"},
        method="post", data=WISH | {"customer": "customer.number"}),
    Row("api:needs-detail", NEEDS, {200: "agent auditor", 404: "manager teller head"}, "pk=need"),
    # the manager has noted it just now
    Row("api:needs-withdraw", {200: "manager", 409: "teller agent head"}, {409: "agent", 404: "manager teller head"},
        "pk=need", "post"),
    Row("api:need-reports-list", REPORTS),
    Row("api:card-orders-list", ORDERS),
    Row("api:card-orders-list", MADE, {400: "teller head"}, method="post", data=CARD_REST),
    Row("api:card-orders-detail", ORDERS, ORDERS_OTHER, "pk=card_order"),
    Row("api:card-orders-print", COUNTER, NOT_THEIRS, "pk=card_order", "post", {"last_four": "'4321'"}),
    Row("api:card-orders-hand-over", COUNTER, NOT_THEIRS, "pk=printed_card", "post", {"slip": "'S1'"}),
    Row("api:card-orders-cancel", COUNTER, NOT_THEIRS, "pk=card_order", "post", WHY),
    Row("api:card-orders-spoilt", MADE, NOT_THEIRS, "pk=printed_card", "post", WHY),
    Row("api:card-stock-list", STOCK),
    Row("api:card-stock-detail", STOCK, STOCK_OTHER, "pk=stock"),
    Row("api:card-stock-movements", STOCK, STOCK_OTHER, "pk=stock"),
    Row("api:card-stock-receive", MADE, method="post",
        data={"design": "new_design.code", "quantity": "'5'", "remark": "'D1'"}),
    Row("api:card-stock-send", MADE, NOT_THEIRS, "pk=stock", "post", {"to": "far.code", "quantity": "'1'"}),
    Row("api:card-stock-count", MADE, NOT_THEIRS, "pk=stock", "post", {"counted": "'2'", "remark": "'One torn'"}),
    Row("api:card-stock-spoilt", MADE, NOT_THEIRS, "pk=stock", "post", WHY | {"quantity": "'1'"}),
    Row("api:card-spoilages-list", STOCK),
    Row("api:card-spoilages-detail", STOCK, STOCK_OTHER, "pk=spoilage"),
    Row("api:card-spoilages-confirm", COUNTER, NOT_THEIRS, "pk=spoilage", "post"),
    Row("api:card-spoilages-take-back", {200: "head", 409: "teller"}, NOT_THEIRS, "pk=spoilage", "post", WHY),
    Row("api:card-spoilages-put-back", COUNTER, NOT_THEIRS, "pk=taken_back", "post"),
    Row("api:card-designs-list", DESIGNS),
    Row("api:card-designs-detail", DESIGNS, args="pk=new_design"),
]  # fmt: skip

COUNTER_PAGES = [
    Row("calls", CALLS),
    Row("call_begin", {200: "agent"}),
    Row("call_begin", TAKES, method="post", data={"number": "'13812345678'"}),
    Row("call", CALL, CALL_OTHER, "pk=call"),
    Row("call_choose", TAKES, TAKES_NOT, "pk=call", "post", CHOSEN),
    Row("call_verify", TAKES, TAKES_NOT, "pk=call", "post"),
    Row("call_end", TAKES, TAKES_NOT, "pk=call", "post"),
    Row("call_log", ACTS, ACTS_NOT, "pk=call"),
    Row("call_log", TAKES, TAKES_NOT, "pk=call", "post", AFTER),
    # who keeps another's book is asked why
    Row("customer_call", {200: "manager", 302: "teller agent head"}, LOGGED_OTHER, "pk=customer", "post"),
    Row("customer_called", STAFF, LOGS_OTHER, "pk=customer"),
    Row("customer_called", LOGGED, LOGGED_OTHER, "pk=customer", "post",
        AFTER | {"at": "'2026-03-30T09:00:00+0800'"}),
    Row("needs", NEEDS),
    Row("need_withdraw", STAFF, LOGS_OTHER, "pk=need"),
    Row("need_withdraw", {302: "manager", 422: "teller agent head"}, {422: "agent", 404: "manager teller head"},
        "pk=need", "post"),
    Row("need_report", REPORTS),
    Row("customer_need", STAFF, LOGS_OTHER, "pk=customer"),
    Row("customer_need", LOGGED, LOGGED_OTHER, "pk=customer", "post", WANTS),
    Row("card_orders", ORDERS),
    Row("card_order", ORDERS, ORDERS_OTHER, "pk=card_order"),
    Row("customer_card", COUNTER, NOT_THEIRS, "pk=customer"),
    Row("customer_card", DONE, NOT_THEIRS, "pk=customer", "post", CARD),
    Row("card_print", COUNTER, NOT_THEIRS, "pk=card_order"),
    Row("card_print", DONE, NOT_THEIRS, "pk=card_order", "post", {"last_four": "'4321'"}),
    Row("card_hand_over", COUNTER, NOT_THEIRS, "pk=printed_card"),
    Row("card_hand_over", DONE, NOT_THEIRS, "pk=printed_card", "post", {"slip": "'S1'"}),
    Row("card_cancel", COUNTER, NOT_THEIRS, "pk=card_order"),
    Row("card_cancel", DONE, NOT_THEIRS, "pk=card_order", "post", WHY),
    Row("card_spoil", COUNTER, NOT_THEIRS, "pk=printed_card"),
    Row("card_spoil", DONE, NOT_THEIRS, "pk=printed_card", "post", WHY),
    Row("card_stocks", STOCK),
    Row("card_stock", STOCK, STOCK_OTHER, "pk=stock"),
    Row("card_stock_receive", COUNTER),
    Row("card_stock_receive", DONE, None, "", "post", {"design": "new_design", "quantity": "'5'", "remark": "'D1'"}),
    Row("card_stock_arrived", COUNTER, NOT_THEIRS, "pk=lot"),
    Row("card_stock_arrived", DONE, NOT_THEIRS, "pk=lot", "post", ARRIVED),
    Row("card_stock_count", COUNTER, NOT_THEIRS, "pk=stock"),
    Row("card_stock_count", DONE, NOT_THEIRS, "pk=stock", "post", {"counted": "'2'", "remark": "'One torn'"}),
    Row("card_stock_send", COUNTER, NOT_THEIRS, "pk=stock"),
    Row("card_stock_send", DONE, NOT_THEIRS, "pk=stock", "post", {"to": "far", "quantity": "'1'"}),
    Row("card_stock_spoil", COUNTER, NOT_THEIRS, "pk=stock"),
    Row("card_stock_spoil", DONE, NOT_THEIRS, "pk=stock", "post", WHY | {"quantity": "'1'"}),
    Row("spoilage_confirm", COUNTER, NOT_THEIRS, "pk=spoilage"),
    Row("spoilage_confirm", DONE, NOT_THEIRS, "pk=spoilage", "post"),
    # a colleague's report is taken back by a head alone
    Row("spoilage_take_back", COUNTER, NOT_THEIRS, "pk=spoilage"),
    Row("spoilage_take_back", {302: "head", 422: "teller"}, NOT_THEIRS, "pk=spoilage", "post", WHY),
    Row("spoilage_put_back", COUNTER, NOT_THEIRS, "pk=taken_back"),
    Row("spoilage_put_back", DONE, NOT_THEIRS, "pk=taken_back", "post"),
    Row("card_designs", DESIGNS),
    Row("card_design_add", {200: "admin"}),
    Row("card_design_add", {302: "admin"}, None, "", "post", {"code": "'student'", "name": "'Student'"}),
    Row("card_design", {200: "admin"}, None, "pk=new_design"),
    Row("card_design", {302: "admin"}, None, "pk=new_design", "post", {"code": "'youth'", "name": "'Youth'"}),
]  # fmt: skip
