"""Routes about prospects: part of the table of access."""

from tests.access import Row

READS, READS_NOT = {200: "manager teller head auditor"}, {200: "auditor", 404: "manager teller head"}
WRITES, WRITES_NOT, WRITTEN = {200: "manager teller head"}, {404: "manager teller head"}, {302: "manager teller head"}
MADE, NOT_MADE = {201: "manager teller head"}, {400: "manager teller head"}
SOURCE = {"source": "'branch'"}
VERSION = {"version": "'1'"}
WHY = VERSION | {"reason": "'Moved away'"}
ONE = "pk=prospect"

PROSPECTS = [
    Row("api:prospects-list", READS),
    Row("api:prospects-list", MADE, NOT_MADE, "", "post", SOURCE | {"customer": "newcomer.number"}),
    Row("api:prospects-detail", READS, READS_NOT, ONE),
    Row("api:prospects-detail", WRITES, WRITES_NOT, ONE, "patch", {"stage": "'qualified'"}, headers={"If-Match": "*"}),
    Row("api:prospects-convert", WRITES, WRITES_NOT, ONE, "post", VERSION),
    Row("api:prospects-lose", WRITES, WRITES_NOT, ONE, "post", WHY),
    Row("prospects", READS),
    Row("prospect", READS, READS_NOT, ONE),
    Row("prospect_add", WRITES, WRITES_NOT, "pk=newcomer"),
    Row("prospect_add", WRITTEN, WRITES_NOT, "pk=newcomer", "post", SOURCE),
    Row("prospect_change", WRITES, WRITES_NOT, ONE),
    Row("prospect_change", WRITTEN, WRITES_NOT, ONE, "post", SOURCE | VERSION | {"stage": "'contacted'"}),
    Row("prospect_lose", WRITES, WRITES_NOT, ONE),
    Row("prospect_lose", WRITTEN, WRITES_NOT, ONE, "post", WHY),
    Row("prospect_convert", WRITES, WRITES_NOT, ONE),
    Row("prospect_convert", WRITTEN, WRITES_NOT, ONE, "post", VERSION),
]
