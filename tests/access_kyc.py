"""Routes about money-laundering risks and KYC reviews: part of the table of access."""

from tests.access import Row

READS = {200: "manager head approver auditor"}
SEES, SEES_OTHER = {200: "manager head auditor", 404: "approver"}, {200: "auditor", 404: "manager head approver"}
WRITES, NOT_THEIRS = {200: "manager head"}, {404: "manager head"}
DONE = {302: "manager head"}
RATED = {"level": "'high'", "reason": "'Deals in antiques'"}
LOWER = {"level": "'low'", "reason": "'The shop was sold'"}
# a case is for who is cleared
CASE, CASE_DONE = {200: "head", 404: "manager"}, {302: "head", 404: "manager"}
FOUND = {"checks": "checks", "version": "'1'"}
INTERVALS = {200: "manager head admin approver auditor"}
ENDED = FOUND | {"conclusion": "'watch'", "remark": "'Asked for papers'"}

KYC = [
    Row("kyc_reviews", READS),
    Row("kyc_review", SEES, SEES_OTHER, "pk=kyc_review"),
    # nothing is answered yet
    Row(
        "kyc_review",
        {422: "manager head"},
        NOT_THEIRS,
        "pk=kyc_review",
        "post",
        {"version": "'1'", "act": "'conclude'"},
    ),
    Row("kyc_begin", WRITES, NOT_THEIRS, "pk=kyc_planned"),
    Row("kyc_begin", DONE, NOT_THEIRS, "pk=kyc_planned", "post"),
    Row("kyc_rate", WRITES, NOT_THEIRS, "pk=customer"),
    Row("kyc_rate", DONE, NOT_THEIRS, "pk=customer", "post", RATED),
    Row("kyc_lower", WRITES, NOT_THEIRS, "pk=customer"),
    Row("kyc_lower", DONE, NOT_THEIRS, "pk=customer", "post", LOWER),
    Row("kyc_case_end", CASE, NOT_THEIRS, "pk=kyc_case"),
    Row("kyc_case_end", CASE_DONE, NOT_THEIRS, "pk=kyc_case", "post", {"reason": "'Cleared up'"}),
    Row("kyc_intervals", INTERVALS),
    Row("kyc_interval", {200: "admin"}, None, "pk=kyc_interval"),
    Row("kyc_interval", {302: "admin"}, None, "pk=kyc_interval", "post", {"months": "'7'", "reason": "'New rules'"}),
    Row("api:kyc-reviews-list", READS),
    Row("api:kyc-reviews-detail", SEES, SEES_OTHER, "pk=kyc_review"),
    Row("api:kyc-reviews-begin", WRITES, NOT_THEIRS, "pk=kyc_planned", "post"),
    Row("api:kyc-reviews-checks", WRITES, NOT_THEIRS, "pk=kyc_review", "post", FOUND),
    Row("api:kyc-reviews-conclude", WRITES, NOT_THEIRS, "pk=kyc_review", "post", ENDED),
    Row("api:kyc-ratings-list", READS),
    Row(
        "api:kyc-ratings-list",
        {201: "manager head"},
        {400: "manager head"},
        "",
        "post",
        RATED | {"customer": "customer.number"},
    ),
    Row("api:kyc-ratings-detail", SEES, SEES_OTHER, "pk=kyc_rating"),
]
