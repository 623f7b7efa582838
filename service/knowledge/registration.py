"""What articles add to the roles, the slots, the pages and to proposals."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry, Panel
from crm.base.slots import contribute
from crm.identity.permissions import INSIDE, allow
from service.knowledge.proposals import KIND, WRITERS
from service.knowledge.suggesting import answer_of, of_ticket
from service.knowledge.viewsets import ArticleViewSet
from service.tickets.shown import REPLY
from service.tickets.shown import SLOT as PANELS


def register() -> None:
    allow("articles:read", *INSIDE)
    allow("articles:write", *WRITERS)
    contribute("approvals.kinds", KIND)
    contribute("api.routes", ("articles", ArticleViewSet, "articles"))
    contribute("navigation", NavigationEntry(_("Knowledge"), "articles", "book-2", "day", "articles:read"))
    contribute(PANELS, Panel("articles", "service/knowledge/_ticket.html", of_ticket, permission="articles:read"))
    contribute(REPLY, answer_of)
