"""The lines of tests/access_table.py that are about companies, what is noted of them, and groups."""

from tests.access import Row

READS, READS_OTHER = {200: "manager teller head auditor"}, {200: "auditor", 404: "manager teller head"}
WRITES, WRITES_NOT = {200: "manager head"}, {404: "manager head"}
SENT = {302: "manager head"}
MADE, MADE_NOT = {201: "manager head"}, {400: "manager head"}
ANY = {"If-Match": "*"}
DAY = "'2026-03-01'"
WHY = {"reason": "'Asked to be called'"}
KINDS = {200: "manager teller head admin approver auditor"}

NOTED = {
    "relations": ("relation", {"kind": "'executive'", "party": "customer.number", "since": DAY}),
    "limits": ("limit", {"kind": "'trade'", "amount": "'100'", "currency": "'CNY'", "since": DAY}),
    "guarantees": (
        "guarantee",
        {"kind": "'pledge'", "party": "customer.number", "amount": "'100'", "currency": "'CNY'", "since": DAY},
    ),
    "contact-persons": ("person", {"name": "'王'", "function": "'Chief accountant'", "since": DAY}),
    "visits": ("visit", {"at": "'2026-03-01T09:00:00Z'", "findings": "'All lines at work'"}),
    "news": ("news", {"on": DAY, "source": "'Daily'", "text": "'Won an order'"}),
    "renewals": ("renewal", {"kind": "'licence'", "what": "'Licence'", "due_on": DAY}),
    "figures": ("figure", {"figure": "'staff'", "period": "'2024'", "value": "'12'"}),
}


def rest() -> list[Row]:
    """The same four lines for whatever is noted of a company."""
    rows = []
    for name, (thing, said) in NOTED.items():
        route, sent = f"api:company-{name}", {"customer": "company.number", **said}
        key = f"pk=company_{thing}"
        rows += [
            Row(f"{route}-list", READS),
            Row(f"{route}-list", MADE, MADE_NOT, method="post", data=sent),
            Row(f"{route}-detail", READS, READS_OTHER, key),
            Row(f"{route}-detail", WRITES, WRITES_NOT, key, "patch", {}, headers=ANY),
        ]
    return rows


COMPANIES_REST = [
    *rest(),
    Row(
        "api:company-contact-persons-reveal",
        READS,
        READS_OTHER,
        "pk=company_person",
        "post",
        {"field": "'phone'", **WHY},
    ),
    Row("api:company-outside-parties-list", READS),
    Row("api:company-outside-parties-detail", READS, READS_OTHER, "pk=outside_party"),
    Row("api:company-outside-parties-detail", WRITES, WRITES_NOT, "pk=outside_party", "patch", {}, headers=ANY),
    Row("api:figure-kinds-list", KINDS),
    Row("api:figure-kinds-detail", KINDS, args="pk=figure_kind"),
    Row("api:figure-kinds-detail", {200: "admin"}, None, "pk=figure_kind", "patch", WHY, headers=ANY),
    Row("api:groups-list", READS),
    Row(
        "api:groups-list",
        MADE,
        MADE_NOT,
        method="post",
        data={"name": "'Group'", "customer": "lone_company.number", "since": DAY},
    ),
    Row("api:groups-detail", READS, READS_OTHER, "pk=group"),
    Row(
        "api:groups-members", WRITES, WRITES_NOT, "pk=group", "post", {"customer": "lone_company.number", "since": DAY}
    ),
    Row(
        "api:groups-leave",
        {204: "manager head"},
        WRITES_NOT,
        "pk=group",
        "post",
        {"customer": "company.number", "until": DAY},
    ),
    Row(
        "api:groups-limit", WRITES, WRITES_NOT, "pk=group", "post", {"amount": "'5'", "currency": "'CNY'", "since": DAY}
    ),
]

FORM = {"kind": "'executive'", "party": "customer.number", "since": DAY, "outside_kind": "'company'"}
COMPANIES_PAGES = [
    Row("companies", READS),
    Row("company_period", WRITES, WRITES_NOT, "pk=company"),
    Row("company_period", SENT, WRITES_NOT, "pk=company", "post", {"period": "'2025-Q1'"}),
    Row("company_figures", WRITES, WRITES_NOT, "pk=company year='2025'"),
    Row("company_figures", SENT, WRITES_NOT, "pk=company year='2023'", "post", {"currency": "'CNY'", "staff": "'5'"}),
    Row("company_note", WRITES, WRITES_NOT, "pk=company what='relation'"),
    Row("company_note", SENT, WRITES_NOT, "pk=company what='relation'", "post", FORM),
    Row("company_correct", WRITES, WRITES_NOT, "pk=company_relation what='relation'"),
    Row(
        "company_correct",
        SENT,
        WRITES_NOT,
        "pk=company_relation what='relation'",
        "post",
        {"since": DAY, "version": "'1'"},
    ),
    Row("outside_party", WRITES, WRITES_NOT, "pk=outside_party"),
    Row("outside_party", SENT, WRITES_NOT, "pk=outside_party", "post", {"name": "'Nord AG'", "version": "'1'", **WHY}),
    Row("company_person_reveal", READS, READS_OTHER, "pk=company_person kind='phone'"),
    Row("company_person_reveal", READS, READS_OTHER, "pk=company_person kind='phone'", "post", WHY),
    Row("figure_kinds", KINDS),
    Row("figure_kind", {200: "admin"}, args="pk=figure_kind"),
    Row("figure_kind", {302: "admin"}, None, "pk=figure_kind", "post", {"falls_by": "'15'", **WHY}),
    Row("company_groups", READS),
    Row("company_group_add", WRITES),
    Row(
        "company_group_add",
        SENT,
        method="post",
        data={"name": "'Group'", "customer": "lone_company.number", "since": DAY},
    ),
    Row("company_group", READS, READS_OTHER, "pk=group"),
    Row("company_group_join", WRITES, WRITES_NOT, "pk=group"),
    Row("company_group_join", SENT, WRITES_NOT, "pk=group", "post", {"customer": "lone_company.number", "since": DAY}),
    Row("company_group_limit", WRITES, WRITES_NOT, "pk=group"),
    Row(
        "company_group_limit",
        SENT,
        WRITES_NOT,
        "pk=group",
        "post",
        {"amount": "'5'", "currency": "'CNY'", "since": DAY},
    ),
    Row("company_group_leave", WRITES, WRITES_NOT, "pk=group_member"),
    Row("company_group_leave", SENT, WRITES_NOT, "pk=group_member", "post", {"until": DAY}),
]
