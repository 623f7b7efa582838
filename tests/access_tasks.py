"""Routes about what is to be done for customers: part of the table of access."""

from tests.access import Row

READS = {200: "manager head auditor"}
CLOSES = {200: "manager head"}
NOT_THEIRS = {404: "manager head"}
DONE = {"state": "'done'"}

TASKS = [
    Row("api:tasks-list", READS),
    Row("api:tasks-detail", READS, {200: "auditor", 404: "manager head"}, "pk=task"),
    Row("api:tasks-detail", CLOSES, NOT_THEIRS, "pk=task", "patch", DONE, headers={"If-Match": "*"}),
    Row("tasks", READS),
    Row("tasks_closed", READS),
    Row("task_close", CLOSES, NOT_THEIRS, "pk=task"),
    Row("task_close", {302: "manager head"}, NOT_THEIRS, "pk=task", "post", DONE),
]
