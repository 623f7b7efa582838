from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "crm.audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        from crm.audit import receivers
        from crm.audit.idempotency import answer_once
        from crm.audit.views import ACCESS_LOG
        from crm.audit.viewsets import EventViewSet
        from crm.base.panels import NavigationEntry
        from crm.base.signals import exported, read
        from crm.base.slots import contribute

        read.connect(receivers.note_read, dispatch_uid="audit.read")
        exported.connect(receivers.note_export, dispatch_uid="audit.exported")

        contribute("navigation", NavigationEntry(_("Audit trail"), "audit", "history", "control", "audit-events:read"))
        contribute("customer.tabs", ACCESS_LOG, weight=900)
        contribute("api.post", answer_once)
        contribute("api.routes", ("audit-events", EventViewSet, "audit-events"))
