"""Read-only: two records are merged, and a merge is undone, on their pages."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import Duplicate, Merge


@admin.register(Duplicate)
class DuplicateAdmin(ScopedAdmin):
    resource = "duplicates"
    is_personal = True
    list_display = ("first", "second", "score", "state", "found_at", "closed_by")
    list_filter = ("state",)
    list_select_related = ("first", "second", "closed_by")
    raw_id_fields = ("first", "second", "closed_by")


@admin.register(Merge)
class MergeAdmin(ScopedAdmin):
    resource = "merges"
    is_personal = True
    list_display = ("absorbed", "survivor", "at", "by", "reason", "undone_at", "undone_by")
    list_select_related = ("survivor", "absorbed", "by", "undone_by")
    raw_id_fields = ("survivor", "absorbed", "by", "undone_by")
