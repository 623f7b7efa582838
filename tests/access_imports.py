"""The lines of tests/access_table.py that are about files that come in, and how their columns are mapped."""

from tests.access import Row

READS = {200: "admin auditor"}
ANY = {"If-Match": "*"}
UPLOADED = {"kind": "'customers'", "file": "file"}
KEPT = {"kind": "'customers'", "name": "'Core'", "columns": "columns"}

IMPORTS_REST = [
    Row("api:imports-list", READS),
    Row("api:imports-list", {201: "admin"}, method="post", data=UPLOADED),
    Row("api:imports-detail", READS, args="pk=batch"),
    Row("api:import-profiles-list", READS),
    Row("api:import-profiles-list", {201: "admin"}, method="post", data=KEPT),
    Row("api:import-profiles-detail", READS, args="pk=profile"),
    Row("api:import-profiles-detail", {200: "admin"}, None, "pk=profile", "patch", {"name": "'Core'"}, headers=ANY),
    Row("api:import-profiles-detail", {204: "admin"}, None, "pk=profile", "delete", headers=ANY),
]

IMPORTS_PAGES = [
    Row("imports", READS),
    Row("import_add", {200: "admin"}),
    Row("import_add", {302: "admin"}, method="post", data=UPLOADED),
    Row("import", READS, args="pk=batch"),
    # with its preview, or the way to its columns
    Row("import", READS, args="pk=unmapped"),
    Row("import", READS, args="pk=mapped"),
    Row("import_progress", READS, args="pk=batch"),
    Row("import_errors", READS, args="pk=batch"),
    Row("import_confirm", {302: "admin"}, args="pk=batch", method="post"),
    Row("import_discard", {302: "admin"}, args="pk=batch", method="post"),
    Row("import_mapping", {200: "admin"}, args="pk=unmapped"),
    Row("import_mapping", {302: "admin"}, args="pk=batch"),
    # nothing is said of the columns that must be there
    Row("import_mapping", {422: "admin"}, args="pk=unmapped", method="post"),
    Row("import_profiles", READS),
    Row("import_profile", READS, args="pk=profile"),
    Row("import_profile_delete", {302: "admin"}, args="pk=profile", method="post"),
]
