"""Read-only: files are uploaded on their page."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import ImportBatch, ImportProfile


@admin.register(ImportBatch)
class ImportBatchAdmin(ScopedAdmin):
    resource = "imports"
    list_display = ("filename", "kind", "rows", "accepted", "rejected", "unchanged", "uploaded_by")
    list_filter = ("kind",)
    list_select_related = ("uploaded_by",)
    exclude = ("file", "survey")


@admin.register(ImportProfile)
class ImportProfileAdmin(ScopedAdmin):
    resource = "import-profiles"
    list_display = ("name", "kind", "changed_at", "changed_by", "created_at", "created_by")
    list_filter = ("kind",)
    list_select_related = ("changed_by", "created_by")
