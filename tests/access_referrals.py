"""Routes about customers whom tellers refer: part of the table of access."""

from tests.access import Row

READS = {200: "teller manager head auditor"}
READS_OTHER = {200: "auditor", 404: "teller manager head"}
REFERS, NOT_THEIRS = {200: "teller manager head"}, {404: "teller manager head"}
ANSWERS, NOT_ANSWERED = {200: "manager head"}, {404: "manager head"}
BODY = {"customer": "customer.number", "family": "'card'"}

REFERRALS = [
    Row("api:referrals-list", READS),
    Row("api:referrals-list", {201: "teller manager head"}, {400: "teller manager head"}, method="post", data=BODY),
    Row("api:referrals-detail", READS, READS_OTHER, "pk=referral"),
    Row("api:referrals-accept", {200: "manager head", 409: "teller"}, NOT_THEIRS, "pk=referral", "post",
        {"version": "'1'"}),
    Row("api:referrals-decline", {200: "manager head", 409: "teller"}, NOT_THEIRS, "pk=referral", "post",
        {"version": "'1'", "reason": "'Called'"}),
    Row("referrals", READS),
    Row("referral_add", REFERS, NOT_THEIRS, "pk=customer"),
    Row("referral_add", {302: "teller manager head"}, NOT_THEIRS, "pk=customer", "post", {"family": "'card'"}),
    Row("referral_answer", ANSWERS, NOT_ANSWERED, "pk=referral"),
    Row("referral_answer", {302: "manager head"}, NOT_ANSWERED, "pk=referral", "post",
        {"answer": "'accept'", "version": "'1'"}),
]  # fmt: skip
