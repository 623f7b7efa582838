"""The lines of tests/access_table.py that are about subject exports, erasures and custom attributes."""

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

READERS = {200: "manager teller agent head admin approver auditor"}
ANY = {"If-Match": "*"}
DECLARED = {"code": "'shoes'", "label": "'Shoes'", "type": "'text'", "sensitivity": "'personal'"}
NAMED = {"label": "'Hobby'", "sensitivity": "'personal'"}

ATTRIBUTES_REST = [
    Row("api:custom-attributes-list", READERS),
    Row("api:custom-attributes-list", {201: "admin"}, method="post", data=DECLARED),
    Row("api:custom-attributes-detail", READERS, args="pk=attribute"),
    Row("api:custom-attributes-detail", {200: "admin"}, None, "pk=attribute", "patch", NAMED, headers=ANY),
    Row("api:custom-attributes-detail", {204: "admin"}, None, "pk=attribute", "delete", headers=ANY),
    Row("api:custom-attributes-retire", {200: "admin"}, args="pk=attribute", method="post"),
]

ATTRIBUTES_PAGES = [
    Row("attributes", READERS),
    Row("attribute_add", {200: "admin"}),
    Row("attribute_add", {302: "admin"}, method="post", data=DECLARED),
    Row("attribute", READERS, args="pk=attribute"),
    Row("attribute", {302: "admin"}, args="pk=attribute", method="post", data=NAMED | {"version": "'1'"}),
    Row("attribute_retire", {302: "admin"}, args="pk=attribute", method="post"),
    Row("attribute_delete", {302: "admin"}, args="pk=attribute", method="post"),
    Row("customer_attributes", {200: "manager teller head"}, {404: "manager teller head"}, "pk=customer"),
    # nobody says which version they read
    Row("customer_attributes", {422: "manager teller head"}, {404: "manager teller head"}, "pk=customer", "post"),
]
