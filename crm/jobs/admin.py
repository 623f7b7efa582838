from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from crm.jobs.models import Partition, RowError, Run


@admin.register(Run)
class RunAdmin(ScopedAdmin):
    resource = "runs"
    list_display = ("__str__", "status", "started_by", "started_at", "finished_at", "rows_done", "rows_total")
    list_filter = ("kind", "status")
    list_select_related = ("started_by",)


@admin.register(Partition)
class PartitionAdmin(ScopedAdmin):
    resource = "runs"
    list_display = ("__str__", "status", "attempts", "rows", "milliseconds", "worker")
    list_select_related = ("run",)


@admin.register(RowError)
class RowErrorAdmin(ScopedAdmin):
    """Row errors tell no customer's name: a line, a column, a code, a masked value."""

    resource = "runs"
    list_display = ("run", "line", "column", "code", "message", "value")
    list_select_related = ("run",)
    fields = ("run", "line", "column", "code", "message", "value")
