from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "crm.audit"

    def ready(self) -> None:
        from crm.audit import receivers
        from crm.base.signals import exported, read

        read.connect(receivers.note_read, dispatch_uid="audit.read")
        exported.connect(receivers.note_export, dispatch_uid="audit.exported")
