"""The routes of the next product, as in tests/access_table.py."""

from tests.access import Row

INSIDE = {200: "manager teller agent head admin approver auditor"}
LISTS = {200: "manager teller agent head approver auditor"}
OWN = {200: "manager teller agent head auditor", 404: "approver"}
OTHER = {200: "agent auditor", 404: "manager teller head approver"}
STAFF = {200: "manager teller agent head"}
LOGS_OTHER = {200: "agent", 404: "manager teller head"}
LOGGED = {302: "manager teller agent head"}
LOGGED_OTHER = {302: "agent", 404: "manager teller head"}

PRODUCTS = [
    Row("api:product-offers-list", INSIDE),
    Row("api:product-offers-detail", INSIDE, args="pk=product_offer"),
    Row("api:product-answers-list", LISTS),
    Row("api:product-answers-list", {201: "manager teller agent head"}, {201: "agent", 400: "manager teller head"},
        method="post", data={"customer": "customer.number", "product": "'wealth'", "answer": "'never'", "channel": "'sms'"}),
    Row("api:product-answers-detail", OWN, OTHER, "pk=product_answer"),
    Row("api:customer-next-products", OWN, OTHER, "customer_id=customer"),
    Row("product_offers", INSIDE),
    Row("product_offer_change", {302: "admin"}, args="pk=offer", method="post"),
    Row("product_answers", LISTS),
    Row("next_products", {200: "head admin auditor"}),
    Row("customer_next_products", OWN, OTHER, "pk=customer"),
    Row("next_product_answer", STAFF, LOGS_OTHER, "pk=suggestion"),
    Row(
        "next_product_answer", LOGGED, LOGGED_OTHER, "pk=suggestion", "post", {"answer": "'never'", "channel": "'sms'"}
    ),
]  # fmt: skip
