"""The rooms in which customers are received."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.tables import Table
from service.models import Room
from service.reception import services
from service.reception.forms import RoomForm
from service.reception.tables import RoomTable
from service.reception.views import BOOKINGS, RECEPTION


class RoomList(ListPage):
    permission = "rooms:read"
    title = _("Rooms")
    parents = [RECEPTION, BOOKINGS]
    queryset = Room.objects.select_related("branch")
    table_class: ClassVar[type[Table]] = RoomTable
    ordering_fields = {"name": "name"}
    ordering = "name"
    actions = [Action(_("New room"), "room_add", icon="plus", permission="rooms:write")]
    empty = Empty(_("No room yet"), _("Customers are received in rooms of a branch."), actions[0], icon="door")


class KeepRoom(FormPage):
    permission = "rooms:write"
    title = _("Room")
    parents = [RECEPTION, (_("Rooms"), "rooms")]
    form_class = RoomForm
    done = _("Saved.")
    cancel_to = success_url = "rooms"

    @cached_property
    def room(self) -> Room | None:
        own = self.request.user.branch
        if own is None:
            raise Http404
        rows = Room.objects.filter(branch__path__startswith=own.path).select_related("branch")
        return get_object_or_404(rows, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_initial(self) -> dict[str, Any]:
        return vars(self.room) if self.room else {"is_used": True}

    def perform(self, form: BaseForm) -> Room:
        branch = self.room.branch if self.room else self.request.user.branch
        return services.keep_room(room=self.room, branch=branch, by=self.request.user, **form.cleaned_data)
