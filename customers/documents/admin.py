"""Read-only, as the rest: documents are changed on their pages. No number and no picture is shown here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.base.admin_site import ScopedAdmin
from customers.models import Document, DocumentImage


@admin.register(Document)
class DocumentAdmin(ScopedAdmin):
    """Without number and holder: they are shown for a reason, on the customer's page."""

    resource = "documents"
    is_personal = True
    list_display = ("customer", "type", "valid_from", "valid_until", "recorded_at", "by", "closed_as")
    list_filter = ("type", "closed_as")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by", "closed_by", "replaces")


@admin.register(DocumentImage)
class DocumentImageAdmin(ScopedAdmin):
    resource = "documents"
    is_personal = True
    list_display = ("document", "side", "content_type", "size", "added_at", "by")
    list_select_related = ("document", "by")
    raw_id_fields = ("document", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).without_content()
