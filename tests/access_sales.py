"""Routes about what customers may buy: part of the table of access."""

from tests.access import Row

READS = {200: "manager head auditor"}
READS_OTHER = {200: "auditor", 404: "manager head"}
WRITES, DONE, NOT_THEIRS = {200: "manager head"}, {302: "manager head"}, {404: "manager head"}
AMOUNT = {"amount": "'1000.00'", "currency": "'CNY'", "close_on": "today"}
TYPED = AMOUNT | {"product": "product", "stage": "'new'", "source": "'manager'"}
SENT = AMOUNT | {"product": "product.code", "customer": "customer.number"}
CHANGED = TYPED | {"owner": "opportunity.owner_id", "probability": "'20'", "version": "'1'"}
MOVED = {"stage": "'qualified'", "version": "'1'"}
LOST = {"lost_reason": "'price'", "version": "'1'"}
AGAIN = {"reason": "'They called back'", "version": "'1'"}
ANY = {"If-Match": "*"}

SALES = [
    Row("api:opportunities-list", READS),
    Row("api:opportunities-list", {201: "manager head"}, {400: "manager head"}, method="post", data=SENT),
    Row("api:opportunities-detail", READS, READS_OTHER, "pk=opportunity"),
    Row("api:opportunities-detail", WRITES, NOT_THEIRS, "pk=opportunity", "patch", {"amount": "'5'"}, headers=ANY),
    Row("api:opportunities-move", WRITES, NOT_THEIRS, "pk=opportunity", "post", MOVED),
    Row("api:opportunities-lose", WRITES, NOT_THEIRS, "pk=opportunity", "post", LOST),
    Row("api:opportunities-reopen", WRITES, NOT_THEIRS, "pk=lost_opportunity", "post", AGAIN),
    Row("api:opportunities-moves", READS, READS_OTHER, "pk=opportunity"),
    Row("api:opportunities-forecast", READS),
    Row("pipeline", READS),
    Row("pipeline_forecast", READS),
    Row("pipeline_board", READS),
    Row("pipeline_column", READS, args="stage='proposed'"),
    Row("opportunity_place", DONE, NOT_THEIRS, "pk=opportunity", "post", MOVED),
    Row("opportunity", READS, READS_OTHER, "pk=opportunity"),
    Row("opportunity_add", WRITES, NOT_THEIRS, "pk=customer"),
    Row("opportunity_add", DONE, NOT_THEIRS, "pk=customer", "post", TYPED),
    Row("opportunity_change", WRITES, NOT_THEIRS, "pk=opportunity"),
    Row("opportunity_change", DONE, NOT_THEIRS, "pk=opportunity", "post", CHANGED),
    Row("opportunity_move", WRITES, NOT_THEIRS, "pk=opportunity"),
    Row("opportunity_move", DONE, NOT_THEIRS, "pk=opportunity", "post", MOVED),
    Row("opportunity_lose", WRITES, NOT_THEIRS, "pk=opportunity"),
    Row("opportunity_lose", DONE, NOT_THEIRS, "pk=opportunity", "post", LOST),
    Row("opportunity_reopen", WRITES, NOT_THEIRS, "pk=lost_opportunity"),
    Row("opportunity_reopen", DONE, NOT_THEIRS, "pk=lost_opportunity", "post", AGAIN),
]
