"""Routes about meetings with customers: part of the table of access."""

from tests.access import Row

READS, READS_OTHER = {200: "manager head auditor"}, {200: "auditor", 404: "manager head"}
WRITES, NOT_THEIRS = {200: "manager head"}, {404: "manager head"}
FORM = {"starts_at": "tomorrow_noon", "minutes": "'60'", "channel": "'visit'"}
WHY = {"version": "'1'", "reason": "'Ill'"}

MEETINGS = [
    Row("api:meetings-list", READS),
    Row("api:meetings-list", {201: "manager head"}, {400: "manager head"}, method="post",
        data=FORM | {"customer": "customer.number"}),
    Row("api:meetings-detail", READS, READS_OTHER, "pk=meeting"),
    Row("api:meetings-cancel", WRITES, NOT_THEIRS, "pk=meeting", "post", WHY),
    Row("meetings", READS),
    Row("meeting_add", WRITES, NOT_THEIRS, "pk=customer"),
    Row("meeting_add", {302: "manager head"}, NOT_THEIRS, "pk=customer", "post", FORM),
    Row("meeting_cancel", WRITES, NOT_THEIRS, "pk=meeting"),
    Row("meeting_cancel", {302: "manager head"}, NOT_THEIRS, "pk=meeting", "post", WHY),
]  # fmt: skip
