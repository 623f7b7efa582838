from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "crm.audit"

    def ready(self) -> None:
        from crm.audit import receivers
        from crm.audit.idempotency import answer_once
        from crm.audit.viewsets import EventViewSet
        from crm.base.signals import exported, read
        from crm.base.slots import contribute

        read.connect(receivers.note_read, dispatch_uid="audit.read")
        exported.connect(receivers.note_export, dispatch_uid="audit.exported")

        contribute("api.post", answer_once)
        contribute("api.routes", ("audit-events", EventViewSet, "audit-events"))
