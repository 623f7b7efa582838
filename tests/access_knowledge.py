"""Routes of the knowledge base: part of the table of access."""

from tests.access import Row

READS = {200: "manager teller agent head admin approver auditor"}
WRITES = {200: "manager teller agent head admin"}
# who is neither its owner nor keeps articles
KEEPS = {302: "head admin", 422: "manager teller agent"}
KEEPS_REST = {200: "head admin", 409: "manager teller agent"}
ARGS = "pk=article"
CONFIRMED = {"version": "article.version", "review_on": "tomorrow"}
WITHDRAWN = {"version": "article.version", "reason": "'Wrong'"}
TYPED = {
    "topic": "'cards'", "title_en": "'Cards'", "title_zh": "'Cards'", "body_en": "'Yes'", "body_zh": "'Yes'", "owner": "'agent'",
    "review_on": "tomorrow", "reason": "'Asked'",
}  # fmt: skip

KNOWLEDGE = [
    Row("api:articles-list", READS),
    Row("api:articles-detail", READS, args=ARGS),
    Row("api:articles-suggestions", READS, query="subject='cash'"),
    Row("api:articles-versions", READS, args=ARGS),
    Row("api:articles-confirm", KEEPS_REST, args=ARGS, method="post", data=CONFIRMED),
    Row("api:articles-withdraw", KEEPS_REST, args=ARGS, method="post", data=WITHDRAWN),
    Row("api:articles-rate", {204: "manager teller agent head admin"}, args=ARGS, method="post", data={"is_helpful": "'true'"}),
    Row("api:articles-link", {204: "manager teller agent head", 400: "admin"}, {204: "agent", 400: "manager teller head admin"}, ARGS, "post",
        {"ticket": "ticket.number"}),
    Row("articles", READS),
    Row("article_use", READS),
    Row("article_suggestions", READS),
    Row("article", READS, args=ARGS),
    Row("article_version", READS, args="pk=article number=article.number"),
    Row("article_add", WRITES),
    Row("article_add", {302: "manager teller agent head admin"}, method="post", data=TYPED | {"code": "'cards'"}),
    Row("article_change", WRITES, args=ARGS),
    Row("article_change", {302: "manager teller agent head admin"}, args=ARGS, method="post", data=TYPED),
    Row("article_confirm", WRITES, args=ARGS),
    Row("article_confirm", KEEPS, args=ARGS, method="post", data=CONFIRMED),
    Row("article_withdraw", WRITES, args=ARGS),
    Row("article_withdraw", KEEPS, args=ARGS, method="post", data=WITHDRAWN),
    Row("article_rate", WRITES, args=ARGS),
    Row("article_rate", {302: "manager teller agent head admin"}, args=ARGS, method="post", data={"helpful": "'yes'"}),
    Row("ticket_article", {302: "manager teller agent head"}, {302: "agent", 404: "manager teller head"}, "pk=ticket", "post",
        {"article": "article"}),
]  # fmt: skip
