"""Read-only: a statement is printed on the customer's page."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import StatementPrint


@admin.register(StatementPrint)
class StatementPrintAdmin(ScopedAdmin):
    resource = "statements"
    is_personal = True
    list_display = ("number", "customer", "account", "since", "until", "copy", "printed_at", "by", "branch")
    list_select_related = ("customer", "account", "by", "branch")
    raw_id_fields = ("customer", "account", "by")
