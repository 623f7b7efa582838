"""The lines of tests/access_table.py that are about service standards, entitlements and gold cards."""

from tests.access import Row

INSIDE = {200: "manager teller agent head admin approver auditor"}
LISTS = {200: "manager teller agent head approver auditor"}
OWN = {200: "manager teller agent head auditor", 404: "approver"}
OTHER = {200: "agent auditor", 404: "manager teller head approver"}
STAFF = {200: "manager teller agent head"}
OF_OTHER = {200: "agent", 404: "manager teller head"}
LOGGED = {302: "manager teller agent head"}
LOGGED_OTHER = {302: "agent", 404: "manager teller head"}
WHY = {"reason": "'The wrong customer'"}
USES = {201: "manager teller agent head"}
USES_NOT = {201: "agent", 400: "manager teller head"}
USE_TYPED = {"benefit": "benefit.code", "used_on": "today", "channel": "'branch'"}
USED = USE_TYPED | {"customer": "customer.number"}
LOST = {"customer": "customer.number", "state": "'suspended'"}

STANDARDS_REST = [
    Row("api:service-standards-list", INSIDE),
    Row("api:service-standards-detail", INSIDE, args="pk=standard"),
    Row("api:customer-entitlements", OWN, OTHER, "customer_id=customer"),
    Row("api:entitlement-uses-list", LISTS),
    Row("api:entitlement-uses-list", USES, USES_NOT, method="post", data=USED),
    Row("api:entitlement-uses-detail", OWN, OTHER, "pk=use"),
    Row("api:entitlement-uses-undo", USES, {201: "agent", 404: "manager teller head"}, "pk=use", "post", WHY),
    Row("api:entitlement-overrides-list", LISTS),
    Row("api:entitlement-overrides-detail", OWN, OTHER, "pk=ruled"),
    Row("api:gold-cards-list", LISTS),
    Row("api:gold-cards-list", USES, USES_NOT, method="post", data=LOST),
    Row("api:gold-cards-detail", OWN, OTHER, "pk=gold_card"),
]  # fmt: skip

STANDARDS_PAGES = [
    Row("service_standards", INSIDE),
    Row("benefit_report", {200: "head admin auditor"}),
    Row("service_standard", INSIDE, args="pk=standard"),
    Row("standard_rollback", {200: "admin"}, args="pk=standard"),
    Row("standard_rollback", {422: "admin"}, args="pk=standard", method="post"),
    Row("entitlement_uses", LISTS),
    Row("entitlement_use_undo", STAFF, OF_OTHER, "pk=use"),
    Row("entitlement_use_undo", LOGGED, LOGGED_OTHER, "pk=use", "post", WHY),
    Row("entitlement_overrides", LISTS),
    Row("entitlement_override_end", {200: "manager head"}, {404: "manager head"}, "pk=ruled"),
    Row(
        "entitlement_override_end",
        {302: "manager head"},
        {404: "manager head"},
        "pk=ruled",
        "post",
        {"on": "'2026-12-15'", "reason": "'Left the board'"},
    ),
    Row("gold_cards", LISTS),
    Row("customer_entitlements", OWN, OTHER, "pk=customer"),
    Row("customer_use", STAFF, OF_OTHER, "pk=customer"),
    Row("customer_use", LOGGED, LOGGED_OTHER, "pk=customer", "post", USE_TYPED),
    Row("customer_entitlement_override", {200: "manager head"}, {404: "manager head"}, "pk=customer"),
    Row(
        "customer_entitlement_override",
        {302: "manager head"},
        {404: "manager head"},
        "pk=customer",
        "post",
        {"benefit": "benefit.code", "kind": "'grant'", "since": "today", "last": "today", "reason": "'Kept'"},
    ),
    Row("gold_card_lost", STAFF, OF_OTHER, "pk=customer"),
    Row("gold_card_lost", LOGGED, LOGGED_OTHER, "pk=customer", "post"),
    Row("gold_card_resume", STAFF, OF_OTHER, "pk=customer"),
    # nobody reported it lost
    Row(
        "gold_card_resume",
        {422: "manager teller agent head"},
        {422: "agent", 404: "manager teller head"},
        "pk=customer",
        "post",
    ),
]
