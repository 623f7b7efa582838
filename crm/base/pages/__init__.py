"""Pages as lists of nouns. A list page is four names, and whoever may see it, sees their own rows of it:

    class CustomerList(ListPage):
        permission = "customers:read"                  # 403 for other roles; also hides actions and navigation
        title = _("Customers")
        queryset = Customer.objects.select_related("branch", "manager")   # scoped by visible_to(user), else scoped = False
        filterset_class = CustomerFilter               # the endpoint names the same; its field `q` is the search box
        table_class = CustomerTable                    # crm.base.tables.Table; row_url(record) makes rows open
        ordering_fields = {"name": "sort_key", "number": "number"}   # column name -> indexed path, or tuple of paths
        ordering = "name"                              # "-name" descends; unique_key = ("pk",) makes it unique
        actions = [Action(_("Add customer"), "customer_add", icon="plus", permission="customers:write")]
        empty = Empty(_("No customers yet"), _("They come from the bank's files."), Action(_("Upload"), "imports"))

`DetailPage`: queryset, template_name, `get_title()`; out of reach is 404; `reads_are_logged = True` announces the look.
`FormPage`: form_class, `perform(form)` calls the service (RuleBroken lands beside its field), `done`, success_url.
`Page`: any other page: template_name, and `get_context_data`; what a service refuses on POST is said on `back()`. All know `parents = [(label, url_name)]`.
Menus are `<details class="menu">`, dialogs: `hx-get=URL hx-target="#dialog"`; there is no Bootstrap script. A page that
needs Alpine or ECharts loads it in `{% block scripts %}`.
"""

from crm.base.pages.access import Action, Page
from crm.base.pages.details import DetailPage
from crm.base.pages.forms import FormPage
from crm.base.pages.lists import Empty, ListPage

__all__ = ["Action", "DetailPage", "Empty", "FormPage", "ListPage", "Page"]
