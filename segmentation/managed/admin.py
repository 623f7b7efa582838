from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from segmentation.models import AssignmentPolicy


@admin.register(AssignmentPolicy)
class AssignmentPolicyAdmin(ScopedAdmin):
    resource = "assignment-policies"
    list_display = ("number", "effective_from", "published_at", "published_by")
    list_select_related = ("published_by",)
