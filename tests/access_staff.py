"""Routes about what managers are able to do and what is asked of them: part of the table of access."""

from tests.access import Row
from tests.access_books import CARRIERS, HEADS, NO_CARRIER, NOT_THEIRS

SAID = {302: "head"}
WHY = {"reason": "'Error'"}
ASKED = {200: "manager head admin approver auditor"}
CERTIFICATE = {"kind": "'cfp'", "number": "'N1'", "issued_on": "'2026-01-01'"}
GRADE = {"grade": "'principal'", "since": "'2099-01-01'"}
COURSE = {"title": "'Funds'", "held_on": "'2026-01-01'", "hours": "'4'"}
WHO = {"manager": "keeper.username"}
MADE, NOT_MADE = {201: "head"}, {400: "head"}

SENIOR = {"grade_gold": "'senior'", "reason": "'New'"}
STAFF = [
    Row("api:certificates-list", CARRIERS),
    Row("api:certificates-list", MADE, NOT_MADE, "", "post", CERTIFICATE | WHO),
    Row("api:certificates-detail", CARRIERS, NO_CARRIER, "pk=certificate"),
    Row("api:certificates-withdraw", HEADS, NOT_THEIRS, "pk=certificate", "post", WHY),
    Row("api:manager-grades-list", CARRIERS),
    Row("api:manager-grades-list", MADE, NOT_MADE, "", "post", GRADE | WHO),
    Row("api:manager-grades-detail", CARRIERS, NO_CARRIER, "pk=grade"),
    Row("api:trainings-list", CARRIERS),
    Row("api:trainings-list", MADE, NOT_MADE, "", "post", COURSE | WHO),
    Row("api:trainings-detail", CARRIERS, NO_CARRIER, "pk=training"),
    Row("api:manager-standards-list", ASKED),
    Row("api:manager-standards-detail", ASKED, args="pk=asked_of_managers"),
    Row("api:scorecards-list", CARRIERS),
    Row("api:scorecards-list", MADE, NOT_MADE, "", "post", WHO | {"year": "'2024'"}),
    Row("api:scorecards-detail", CARRIERS, NO_CARRIER, "pk=scorecard"),
    Row("scorecards", CARRIERS),
    Row("manager_scorecard", CARRIERS, NO_CARRIER, "pk=keeper"),
    Row("scorecard_figure", CARRIERS, NO_CARRIER, "pk=keeper figure='growth'"),
    Row("scorecard_close", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("scorecard_close", {422: "head"}, NOT_THEIRS, "pk=keeper", "post"),
    Row("certificates", CARRIERS),
    Row("certificate_withdraw", HEADS, NOT_THEIRS, "pk=certificate"),
    Row("certificate_withdraw", SAID, NOT_THEIRS, "pk=certificate", "post", WHY),
    Row("manager_qualifications", CARRIERS, NO_CARRIER, "pk=keeper"),
    Row("certificate_add", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("certificate_add", SAID, NOT_THEIRS, "pk=keeper", "post", CERTIFICATE),
    Row("grade_add", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("grade_add", SAID, NOT_THEIRS, "pk=keeper", "post", GRADE),
    Row("training_add", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("training_add", SAID, NOT_THEIRS, "pk=keeper", "post", COURSE),
    Row("manager_skills", HEADS, NOT_THEIRS, "pk=keeper"),
    Row("manager_skills", SAID, NOT_THEIRS, "pk=keeper", "post", {"skills": "'fund'", "version": "'0'"}),
    Row("manager_standards", ASKED),
    Row("manager_standards_change", {200: "admin"}),
    Row("manager_standards_change", {302: "admin"}, method="post", data=SENIOR),
]
