"""Routes about the plans of customers: part of the table of access."""

from tests.access import Row

READS = {200: "manager head auditor"}
OF_OTHER = {200: "auditor", 404: "manager head"}
WRITES, NOT_THEIRS = {200: "manager head"}, {404: "manager head"}
SAVED = {302: "manager head"}
REFUSED = {422: "manager head"}
VERSION = {"version": "'1'"}
REASON = VERSION | {"reason": "'Sold'"}
GOAL = VERSION | {"kind": "'products'", "figure": "'3'", "due_on": "'2028-01-01'"}
STEP = VERSION | {"what": "'Call'", "due_on": "'2098-01-01'"}
DONE = VERSION | {"state": "'done'"}
WORDS = VERSION | {"words": "'On the way'"}
CHANGED = VERSION | {"until": "'2028-06-01'", "currency": "'CNY'"}
ONE, DROPPED, CLOSED = "pk=customer_plan", "pk=plan_goal", "pk=plan_action"
OF = "pk=customer"

PLANS = [
    Row("plans", READS),
    Row("customer_plan", READS, OF_OTHER, OF),
    Row("plan_draw_up", WRITES, NOT_THEIRS, OF),
    # there is an open one
    Row("plan_draw_up", REFUSED, NOT_THEIRS, OF, "post", {"until": "'2098-01-01'", "currency": "'CNY'"}),
    Row("plan_change", WRITES, NOT_THEIRS, ONE),
    Row("plan_change", REFUSED, NOT_THEIRS, ONE, "post", CHANGED | {"wallet": "'5'"}),
    Row("plan_review", WRITES, NOT_THEIRS, ONE),
    Row("plan_review", SAVED, NOT_THEIRS, ONE, "post", WORDS),
    Row("plan_close", WRITES, NOT_THEIRS, ONE),
    Row("plan_close", SAVED, NOT_THEIRS, ONE, "post", REASON),
    Row("plan_goal_set", WRITES, NOT_THEIRS, ONE),
    Row("plan_goal_set", SAVED, NOT_THEIRS, ONE, "post", GOAL),
    Row("plan_action_set", WRITES, NOT_THEIRS, ONE),
    Row("plan_action_set", SAVED, NOT_THEIRS, ONE, "post", STEP | {"who": "keeper"}),
    Row("plan_goal_drop", WRITES, NOT_THEIRS, DROPPED),
    Row("plan_goal_drop", SAVED, NOT_THEIRS, DROPPED, "post", REASON),
    Row("plan_action_close", WRITES, NOT_THEIRS, CLOSED),
    Row("plan_action_close", SAVED, NOT_THEIRS, CLOSED, "post", DONE),
    Row("api:plans-list", READS),
    Row("api:plans-list", {201: "manager head"}, {400: "manager head"}, "", "post",
        {"customer": "planless.number", "until": "'2028-06-01'"}),
    Row("api:plans-detail", READS, OF_OTHER, ONE),
    Row("api:plans-detail", WRITES, NOT_THEIRS, ONE, "patch", {"needs": "'Credit'"}, headers={"If-Match": "*"}),
    Row("api:plans-progress", READS, OF_OTHER, ONE),
    Row("api:plans-set-goal", WRITES, NOT_THEIRS, ONE, "post", GOAL),
    Row("api:plans-drop-goal", WRITES, NOT_THEIRS, ONE, "post", REASON | {"goal": "plan_goal"}),
    Row("api:plans-set-action", WRITES, NOT_THEIRS, ONE, "post", STEP),
    Row("api:plans-close-action", WRITES, NOT_THEIRS, ONE, "post", DONE | {"action": "plan_action"}),
    Row("api:plans-review", WRITES, NOT_THEIRS, ONE, "post", WORDS),
    Row("api:plans-close", WRITES, NOT_THEIRS, ONE, "post", REASON),
]  # fmt: skip
