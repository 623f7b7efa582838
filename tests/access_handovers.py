"""Routes about customers who went from one manager to another: part of the table of access."""

from tests.access import Row

READS = {200: "manager head auditor"}
OF_OTHER = {200: "auditor", 404: "manager head"}
HEADS = {200: "head"}
NOT_THEIRS = {404: "head"}
LEAVES = {"successor": "colleague", "last_day": "'2099-01-01'"}
LEAVES_REST = {"manager": "colleague.username", "successor": "keeper.username", "last_day": "'2099-01-01'"}
GIVES = {"customer": "customer.number", "receiver": "colleague.username", "reason": "'Moved'"}

HANDOVERS = [
    Row("handovers", READS),
    Row("handover", READS, OF_OTHER, "pk=handover"),
    Row("manager_handover", HEADS, NOT_THEIRS, "pk=keeper"),
    # without saying to whom
    Row("manager_handover", {400: "head"}, NOT_THEIRS, "pk=keeper", "post"),
    Row("manager_leaving", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("manager_leaving", {302: "head"}, NOT_THEIRS, "pk=keeper", "post", LEAVES),
    Row("leaving_call_off", HEADS, NOT_THEIRS, "pk=leaving"),
    Row("leaving_call_off", {302: "head"}, NOT_THEIRS, "pk=leaving", "post"),
    Row("api:handovers-list", READS),
    Row("api:handovers-list", {201: "head"}, {400: "head"}, "", "post", GIVES),
    Row("api:handovers-detail", READS, OF_OTHER, "pk=handover"),
    Row("api:leavings-list", READS),
    Row("api:leavings-list", {201: "head"}, {400: "head"}, "", "post", LEAVES_REST),
    # a manager sees that they leave, and not that others do
    Row(
        "api:leavings-detail",
        {200: "head auditor", 404: "manager"},
        {200: "auditor", 404: "manager head"},
        "pk=leaving",
    ),
    Row("api:leavings-detail", {204: "head"}, NOT_THEIRS, "pk=leaving", "delete", headers={"If-Match": "*"}),
]
