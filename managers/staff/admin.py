from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Certificate, ManagerGrade, ManagerStandard, Scorecard, Training


@admin.register(ManagerGrade)
class ManagerGradeAdmin(ScopedAdmin):
    resource = "manager-grades"
    list_display = ("manager", "grade", "since", "until")
    list_select_related = ("manager",)
    raw_id_fields = ("manager", "made_by")


@admin.register(Certificate)
class CertificateAdmin(ScopedAdmin):
    resource = "certificates"
    list_display = ("manager", "kind", "number", "issued_on", "valid_until", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("manager",)
    raw_id_fields = ("manager", "made_by", "withdrawn_by")


@admin.register(Training)
class TrainingAdmin(ScopedAdmin):
    resource = "trainings"
    list_display = ("manager", "title", "held_on", "hours", "is_passed")
    list_select_related = ("manager",)
    raw_id_fields = ("manager", "made_by")


@admin.register(ManagerStandard)
class ManagerStandardAdmin(ScopedAdmin):
    resource = "manager-standards"
    list_display = ("number", "effective_from", "published_by")
    list_select_related = ("published_by",)
    raw_id_fields = ("proposal", "published_by")


@admin.register(Scorecard)
class ScorecardAdmin(ScopedAdmin):
    resource = "scorecards"
    list_display = ("manager", "year", "closed_by", "closed_at")
    list_select_related = ("manager", "closed_by")
    raw_id_fields = ("manager", "closed_by")
