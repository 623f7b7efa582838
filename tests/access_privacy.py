"""The lines of tests/access_table.py that are about subject exports and erasures."""

from tests.access import Row

TELLERS = "manager head"
ASKED = {"reason": "'Asked at the counter'"}
ERASED = ASKED | {"requester": "'customer'", "received_on": "today"}
ANSWER = {"answer": "'A court has frozen it'"}
OUT = {404: TELLERS, 200: "auditor"}
NOT_HERS = {404: "head", 200: "approver auditor"}

PRIVACY_REST = [
    Row("api:subject-exports-list", {200: "manager head auditor"}),
    Row("api:subject-exports-list", {201: TELLERS}, {400: TELLERS}, method="post", data=ASKED | {"customer": "loner.number"}),
    Row("api:subject-exports-detail", {200: "manager head auditor"}, OUT, "pk=subject_export"),
    # whoever did not ask for it takes nothing along, but for a head
    Row("api:subject-exports-file", {409: "manager", 200: "head"}, {404: TELLERS}, "pk=subject_export", "post"),
    Row("api:erasures-list", {200: "head approver auditor"}),
    Row("api:erasures-list", {201: "head"}, {400: "head"}, method="post", data=ERASED | {"customer": "twin.number"}),
    Row("api:erasures-detail", {200: "head approver auditor"}, NOT_HERS, "pk=erasure"),
    Row("api:erasures-propose", {200: "head"}, {404: "head"}, "pk=erasure", "post", ASKED),
    Row("api:erasures-refuse", {200: "head"}, {404: "head"}, "pk=erasure", "post", ANSWER),
]  # fmt: skip

PRIVACY_PAGES = [
    Row("subject_exports", {200: "manager head auditor"}),
    Row("subject_export", {200: "manager head auditor"}, OUT, "pk=subject_export"),
    Row("subject_export_progress", {200: "manager head auditor"}, OUT, "pk=subject_export"),
    Row("subject_export_file", {302: "manager", 200: "head"}, {404: TELLERS}, "pk=subject_export kind='json'", "post"),
    Row("customer_subject_export", {200: TELLERS}, {404: TELLERS}, "pk=customer"),
    Row("customer_subject_export", {302: TELLERS}, {404: TELLERS}, "pk=loner", "post", ASKED),
    Row("erasures", {200: "head approver auditor"}),
    Row("erasure", {200: "head approver auditor"}, NOT_HERS, "pk=erasure"),
    Row("customer_erasure", {200: "head"}, {404: "head"}, "pk=customer"),
    Row("customer_erasure", {302: "head"}, {404: "head"}, "pk=twin", "post", ERASED),
    Row("erasure_propose", {200: "head"}, {404: "head"}, "pk=erasure"),
    Row("erasure_propose", {302: "head"}, {404: "head"}, "pk=erasure", "post", ASKED),
    Row("erasure_refuse", {200: "head"}, {404: "head"}, "pk=erasure"),
    Row("erasure_refuse", {302: "head"}, {404: "head"}, "pk=erasure", "post", ANSWER),
    Row("erasure_sealed", {200: "head"}, {404: "head"}, "pk=erasure"),
    # nothing is sealed of who was not erased
    Row("erasure_sealed", {422: "head"}, {404: "head"}, "pk=erasure", "post", ASKED),
]  # fmt: skip
