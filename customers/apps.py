from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        from crm.base.slots import contribute
        from customers.attributes.registration import register as register_attributes
        from customers.companies.merging import HANDLERS as OF_COMPANIES
        from customers.documents.registration import register as register_documents
        from customers.duplicates.children import HANDLERS
        from customers.duplicates.moves import SLOT
        from customers.imports.catalogue import KINDS
        from customers.kyc.registration import register as register_kyc
        from customers.privacy.registration import register as register_privacy
        from customers.roles import open_doors
        from customers.views.contributions import contribute_pages
        from customers.viewsets import PATHS, ROUTES

        open_doors()
        register_privacy()
        register_attributes()
        contribute_pages()
        for route in ROUTES:
            contribute("api.routes", route)
        for address in PATHS:
            contribute("api.paths", address)
        for handler in (*HANDLERS, *OF_COMPANIES):
            contribute(SLOT, handler)
        for kind in KINDS:
            contribute("import.kinds", kind)
        for register in (register_documents, register_kyc):
            register()
