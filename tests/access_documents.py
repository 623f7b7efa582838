"""Routes about documents of customers: part of the table of access."""

from tests.access import Row

READS = {200: "manager teller agent head approver auditor"}
WRITES, NOT_THEIRS = {200: "manager teller head"}, {404: "manager teller head"}
DONE, MADE = {302: "manager teller head"}, {201: "manager teller head"}
ASKS = {200: "manager teller agent head auditor", 404: "approver"}
ASKS_OTHER = {200: "agent auditor", 404: "manager teller head approver"}
# an agent has no verified call
SHOWN = {200: "manager teller head auditor", 422: "agent", 404: "approver"}
SHOWN_OTHER = {200: "auditor", 422: "agent", 404: "manager teller head approver"}
TOLD = {200: "manager teller head auditor", 409: "agent", 404: "approver"}
TOLD_OTHER = {200: "auditor", 409: "agent", 404: "manager teller head approver"}
WHY = {"reason": "'The customer is here'"}
TYPED = {"number": "'E12345678'", "is_endless": "'on'"}
SENT = {"type": "'passport'", "number": "'E12345678'", "valid_until": "nothing"}
LOST = {"closed_as": "'lost'", "because": "'Stolen'"}

DOCUMENTS = [
    Row("documents", READS),
    Row("document_add", WRITES, NOT_THEIRS, "pk=customer type='passport'"),
    Row("document_add", DONE, NOT_THEIRS, "pk=customer type='passport'", "post", TYPED),
    Row("document_renew", WRITES, NOT_THEIRS, "pk=document"),
    Row("document_renew", DONE, NOT_THEIRS, "pk=document", "post", {"is_endless": "'on'"}),
    Row("document_close", WRITES, NOT_THEIRS, "pk=document"),
    Row("document_close", DONE, NOT_THEIRS, "pk=document", "post", LOST),
    Row("document_images", WRITES, NOT_THEIRS, "pk=document"),
    Row("document_images", DONE, NOT_THEIRS, "pk=document", "post", {"front": "picture"}),
    Row("document_reveal", ASKS, ASKS_OTHER, "pk=document"),
    Row("document_reveal", SHOWN, SHOWN_OTHER, "pk=document", "post", WHY),
    Row("document_image", ASKS, ASKS_OTHER, "pk=document_image"),
    Row("document_image", SHOWN, SHOWN_OTHER, "pk=document_image", "post", WHY),
    Row("api:documents-list", READS),
    Row("api:documents-list", MADE, {400: "manager teller head"}, "", "post", SENT | {"customer": "customer.number"}),
    Row("api:documents-detail", ASKS, ASKS_OTHER, "pk=document"),
    Row("api:documents-renew", MADE, NOT_THEIRS, "pk=document", "post", {"valid_until": "nothing"}),
    Row("api:documents-close", WRITES, NOT_THEIRS, "pk=document", "post", LOST),
    Row("api:documents-reveal", TOLD, TOLD_OTHER, "pk=document", "post", WHY),
    Row("api:documents-images", MADE, NOT_THEIRS, "pk=document", "post", {"file": "picture"}),
    Row("api:documents-show", TOLD, TOLD_OTHER, "pk=document image=document_image", "post", WHY),
]
