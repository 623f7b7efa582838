"""Requests, exports and custom attributes in the admin site, to be read. What is sealed is shown nowhere here."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import Attribute, AttributeValue, Erasure, SubjectExport


@admin.register(Attribute)
class AttributeAdmin(ScopedAdmin):
    resource = "custom-attributes"
    list_display = ("code", "label", "label_zh", "type", "sensitivity", "may_set_prices", "retired_at", "deleted_at")
    list_filter = ("type", "sensitivity")


@admin.register(AttributeValue)
class AttributeValueAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("attribute", "customer", "text", "number", "day", "truth")
    list_filter = ("attribute",)
    list_select_related = ("attribute", "customer")
    raw_id_fields = ("customer",)


@admin.register(SubjectExport)
class SubjectExportAdmin(ScopedAdmin):
    """Its content is shown nowhere here."""

    resource = "subject-exports"
    is_personal = True
    list_display = ("__str__", "customer", "asked_by", "asked_at", "ready_at", "expires_at")
    list_select_related = ("customer", "asked_by")
    raw_id_fields = ("customer", "asked_by", "run")


@admin.register(Erasure)
class ErasureAdmin(ScopedAdmin):
    resource = "erasures"
    is_personal = True
    list_display = ("__str__", "customer", "requester", "received_on", "due_on", "state", "held_until")
    list_filter = ("state", "requester")
    list_select_related = ("customer",)
    raw_id_fields = ("customer", "asked_by", "closed_by", "proposal")
