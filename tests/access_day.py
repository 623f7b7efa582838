"""Routes about the day of a manager: part of the table of access."""

from tests.access import Row
from tests.access_customers import OPEN_OTHER, OPEN_OWN

MINE = {200: "manager"}
NOT_MINE = {404: "manager"}
UNTIL = {"until": "tomorrow"}
WHY = {"reason": "'Called last week'"}

DAY = [
    Row("api:day", MINE),
    Row("api:day-snooze", {204: "manager"}, {400: "manager"}, method="post", data={"key": "row"} | UNTIL),
    Row("api:day-dismiss", {204: "manager"}, {400: "manager"}, method="post", data={"key": "row"} | WHY),
    Row("api:customer-brief", OPEN_OWN, OPEN_OTHER, "customer_id=customer"),
    Row("day", MINE),
    Row("day_log", MINE, NOT_MINE, query="row=row"),
    Row("day_log", {302: "manager"}, NOT_MINE, "", "post", {"channel": "'phone'", "at": "'2026-03-01T09:00'", "direction": "'out'", "purpose": "'care'", "outcome": "'reached'"}, query="row=row"),
    Row("day_snooze", MINE, NOT_MINE, query="row=row"),
    Row("day_snooze", {302: "manager"}, NOT_MINE, "", "post", UNTIL, query="row=row"),
    Row("day_dismiss", MINE, NOT_MINE, query="row=row"),
    Row("day_dismiss", {302: "manager"}, NOT_MINE, "", "post", WHY, query="row=row"),
    Row("day_close", {200: "manager head"}, {404: "manager head"}, "pk=task"),
    Row("day_close", {302: "manager head"}, {404: "manager head"}, "pk=task", "post", {"state": "'done'"}),
    Row("customer_brief", MINE, NOT_MINE, "pk=customer"),
    Row("customer_brief_pdf", MINE, NOT_MINE, "pk=customer"),
    Row("calendar", MINE),
    Row("calendar", MINE, method="post"),
]  # fmt: skip
