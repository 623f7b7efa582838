"""Routes of rosters: part of the table of access."""

from tests.access import Row

ANY = {"If-Match": "*"}
READS, HEAD = {200: "teller agent head auditor"}, {200: "head"}
DRAFT, KEPT = {200: "head auditor", 404: "teller agent"}, {302: "head"}
TYPED = {"on": "later", "begins": "'08:00'", "ends": "'16:00'", "user": "planned.username"}
WEEK = {"team": "desk_team.code", "week_on": "today"}
NEEDED = {"weekdays": "'0'", "since": "'8'", "until": "'18'", "needed": "'2'"}
GIVES = {"to": "'teller'"}
ROSTERS = [
    Row("api:rosters-list", READS),
    Row("api:rosters-list", {201: "head"}, method="post", data=WEEK),
    Row("api:rosters-detail", DRAFT, args="pk=roster"),
    Row("api:rosters-publish", HEAD, args="pk=roster", method="post", data={"version": "roster.version"}),
    Row("api:shifts-list", READS),
    Row("api:shifts-list", {201: "head"}, method="post", data=TYPED | {"roster": "roster"}),
    Row("api:shifts-detail", READS, args="pk=own_shift"),
    Row("api:shifts-detail", {204: "head"}, args="pk=own_shift", method="delete", headers=ANY),
    Row("api:swaps-list", READS),
    Row("api:swaps-list", {201: "agent", 409: "teller head"}, method="post", data=GIVES | {"shift": "own_shift"}),
    Row("api:swaps-detail", READS, args="pk=swap"),
    Row("api:swaps-consent", {200: "teller", 409: "agent head"}, args="pk=swap", method="post"),
    Row("api:swaps-approve", {200: "head", 409: "teller agent"}, args="pk=agreed_swap", method="post"),
    Row("api:swaps-refuse", {200: "teller agent head"}, args="pk=swap", method="post"),
    Row("rosters", READS),
    Row("roster_add", HEAD),
    Row("roster_add", KEPT, method="post", data=WEEK),
    Row("roster", DRAFT, args="pk=roster"),
    Row("roster_publish", KEPT, args="pk=roster", method="post"),
    Row("shift_add", HEAD, args="pk=roster"),
    Row("shift_add", KEPT, args="pk=roster", method="post", data=TYPED),
    Row("shift_remove", KEPT, args="pk=own_shift", method="post"),
    Row("roster_demand", HEAD, args="pk=desk_team"),
    Row("roster_demand", KEPT, args="pk=desk_team", method="post", data=NEEDED),
    Row("shift_swap", {200: "agent", 404: "teller head"}, args="pk=own_shift"),
    Row("shift_swap", {302: "agent", 404: "teller head"}, args="pk=own_shift", method="post", data=GIVES),
    Row("swap_decide", {302: "teller agent head"}, args="pk=swap", method="post", data={"do": "'refuse'"}),
]
