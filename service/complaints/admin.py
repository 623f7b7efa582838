from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.clocks.admin import DatedVersionAdmin
from service.models import Complaint, ComplaintRules, LegalStep


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
