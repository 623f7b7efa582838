from django.contrib.admin.apps import AdminConfig


class ScopedAdminConfig(AdminConfig):
    """In place of "django.contrib.admin", so that no other site can be reached."""

    default_site = "crm.base.admin_site.ScopedSite"
