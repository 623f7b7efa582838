from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.clocks.admin import DatedVersionAdmin
from service.models import (
    Compensation,
    Complaint,
    ComplaintLetter,
    ComplaintReview,
    ComplaintRules,
    LegalAlert,
    LegalStep,
)


@admin.register(Complaint)
class ComplaintAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("ticket", "regime", "received_on", "stage", "due_on", "answered_on")
    list_select_related = ("ticket",)


@admin.register(LegalStep)
class LegalStepAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("complaint", "act", "on", "by")
    list_select_related = ("complaint__ticket", "by")


@admin.register(ComplaintRules)
class ComplaintRulesAdmin(DatedVersionAdmin):
    resource = "complaint-rules"


@admin.register(LegalAlert)
class LegalAlertAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("complaint", "level", "due_on", "said_at")
    list_select_related = ("complaint__ticket",)


@admin.register(ComplaintLetter)
class ComplaintLetterAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("complaint", "kind", "language", "sent_at", "sent_by")
    list_select_related = ("complaint__ticket", "sent_by")


@admin.register(ComplaintReview)
class ComplaintReviewAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("complaint", "asked_on", "reviewer", "due_on", "decided_on", "outcome")
    list_select_related = ("complaint__ticket", "reviewer")


@admin.register(Compensation)
class CompensationAdmin(ScopedAdmin):
    resource = "complaints"
    is_personal = True
    list_display = ("complaint", "proposal")
    list_select_related = ("complaint__ticket", "proposal")
