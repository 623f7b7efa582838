"""Routes about what is free of a fee, what leaks, and whether the ledger fits the feed: part of the table of access."""

from tests.access import Row
from tests.access_customers import OPEN_OTHER, OPEN_OWN

RUNS = {200: "admin approver auditor head"}
LISTS = {200: "manager teller agent head approver auditor"}
OWN = {200: "manager teller agent head auditor", 404: "approver"}
OTHER = {200: "agent auditor", 404: "manager teller head approver"}
WAIVES = {200: "manager teller head"}
WAIVES_NOT = {404: "manager teller head"}
ANY = {"If-Match": "*"}

MONTH = {200: "admin auditor head"}

WAIVERS = [
    Row("api:waiver-reconciliation", MONTH),
    Row("reconciliation", MONTH),
    Row("reconciled_charges", MONTH),
    Row("api:waiver-checks-list", RUNS),
    Row(
        "api:waiver-checks-list",
        {201: "admin"},
        method="post",
        data={"since": "'2026-03-01'", "through": "'2026-03-31'"},
    ),
    Row("api:waiver-checks-detail", RUNS, args="pk=waiver_check"),
    Row("api:leaks-list", {200: "head auditor"}, args="check_id=waiver_check"),
    Row("api:leaks-detail", {200: "head auditor"}, {200: "auditor", 404: "head"}, "check_id=waiver_check pk=leak"),
    Row("api:free-accounts-list", LISTS),
    Row(
        "api:free-accounts-list",
        {201: "manager teller head"},
        {400: "manager teller head"},
        method="post",
        data={"customer": "customer.number", "account": "account.number", "since": "'2026-09-01'"},
    ),
    Row("api:free-accounts-detail", OPEN_OWN, OPEN_OTHER, "pk=free"),
    Row("api:free-accounts-detail", WAIVES, WAIVES_NOT, "pk=named", "patch", {"until": "'2026-10-01'"}, headers=ANY),
    Row("waiver_checks", RUNS),
    Row("waiver_check_add", {200: "admin"}),
    Row("waiver_check_add", {302: "admin"}, method="post", data={"since": "'2026-03-01'", "through": "'2026-03-31'"}),
    Row("waiver_check", RUNS, args="pk=waiver_check"),
    Row("waiver_check_progress", RUNS, args="pk=waiver_check"),
    Row("leaks", RUNS, args="pk=waiver_check"),
    Row("waiver_check_correct", {200: "admin"}, args="pk=waiver_check"),
    Row("waiver_check_correct", {302: "admin"}, args="pk=waiver_check", method="post", data={"reason": "'Wrong'"}),
    Row("customer_free_account", WAIVES, WAIVES_NOT, "pk=customer"),
    Row(
        "customer_free_account",
        {302: "manager teller head"},
        WAIVES_NOT,
        "pk=customer",
        "post",
        {"account": "account", "since": "'2026-09-01'"},
    ),
    Row("free_account_end", WAIVES, WAIVES_NOT, "pk=free"),
    Row("free_account_end", {302: "manager teller head"}, WAIVES_NOT, "pk=named", "post", {"until": "'2026-10-01'"}),
]
