"""What the phone centre adds to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action
from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.calls.shown import ACTIONS, AFTER, PANELS
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category
from customers.privacy.telling import Told
from managers.models import Task
from managers.todo.services import SLOT as CLOSING
from managers.todo.services import Closing
from service.models import CallBack
from service.phone import panels
from service.phone.call_backs import by_task
from service.phone.viewsets import CallBackViewSet, ReasonViewSet, ScriptViewSet, WrapUpViewSet

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)
CENTRE = (Role.AGENT, Role.HEAD, Role.AUDITOR)
LABEL = _("Call-backs")
ROUTES = {
    "call-backs": CallBackViewSet,
    "call-scripts": ScriptViewSet,
    "call-reasons": ReasonViewSet,
    "wrap-ups": WrapUpViewSet,
}


def register() -> None:
    allow("call-backs:read", *WORK, Role.AUDITOR)
    allow("call-backs:write", *WORK)
    allow("wrap-ups:read", *CENTRE)
    allow("wrap-ups:write", Role.AGENT)
    for resource in ("call-scripts", "call-reasons"):
        allow(f"{resource}:read", *CENTRE, Role.ADMIN)
        allow(f"{resource}:write", Role.ADMIN)
    for route, viewset in ROUTES.items():
        contribute("api.routes", (route, viewset, route))
    scripts = NavigationEntry(_("Scripts of calls"), "call_scripts", "message-2", "policies", "call-scripts:write")
    contribute("navigation", scripts)
    contribute(PANELS, panels.AROUND, weight=20)
    contribute("home", panels.DUE)
    contribute(AFTER, "call_wrap_up")
    contribute(ACTIONS, Action(LABEL, "call_backs", icon="phone-outgoing", permission="call-backs:read"))
    contribute(CLOSING, Closing(Task.Kind.CALL_BACK, _("The call-back is kept with it."), by_task))
    contribute(SLOT, Moves("call-backs", LABEL, CallBack))
    contribute(telling.SLOT, Told("call_backs", LABEL, CallBack, ("topic", "due_at", "state", "booked_at", "ended_at")))
    contribute(taking.SLOT, Blanked(LABEL, Category.CONDUCT, CallBack, fields=("topic",)))
