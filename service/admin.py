from crm.base.admin_site import register_rooms

register_rooms("service")
