"""Routes of the service app: part of the table of access."""

from tests.access import Row

LEVELS = {200: "manager teller agent head admin approver auditor"}
AGAIN = {"reason": "'As before'"}

SERVICE = [
    Row("api:service-levels-list", LEVELS),
    Row("api:service-levels-detail", LEVELS, args="pk=service_levels"),
    Row("service_levels", LEVELS),
    Row("service_levels_propose", {200: "admin"}),
    Row("service_levels_propose", {422: "admin"}, method="post", data={"do": "'propose'"}),
    Row("service_levels_version", LEVELS, args="pk=service_levels"),
    Row("service_levels_rollback", {200: "admin"}, args="pk=service_levels"),
    Row("service_levels_rollback", {302: "admin"}, args="pk=service_levels", method="post", data=AGAIN),
]
