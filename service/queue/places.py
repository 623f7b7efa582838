"""Pages of one branch's queue: that of the own branch, or `?branch=` of those that one may see."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from crm.base.pages import Page
from service.models import BranchQueue, Counter


class OfQueue(Page):
    permission = "queue:read"

    @cached_property
    def queues(self) -> list[BranchQueue]:
        """All that one may look at."""
        rows = BranchQueue.objects.visible_to(self.request.user).select_related("branch")
        return list(rows.order_by("branch__path"))

    @cached_property
    def queue(self) -> BranchQueue | None:
        """None where the own branch has none and no other was asked for."""
        code = self.request.GET.get("branch", "")
        if code:
            found = next((each for each in self.queues if each.branch.code == code), None)
            if found is None:
                raise Http404
            return found
        own = next((each for each in self.queues if each.branch_id == self.request.user.branch_id), None)
        return own or (self.queues[0] if len(self.queues) == 1 else None)

    @cached_property
    def counter(self) -> Counter | None:
        """Where the reader sits."""
        return Counter.objects.filter(teller=self.request.user).select_related("queue__branch").first()

    def own(self) -> BranchQueue:
        if self.queue is None:
            raise Http404
        return self.queue

    @property
    def asked(self) -> str:
        """Behind links to pages of the same branch."""
        code = self.request.GET.get("branch", "")
        return f"?branch={code}" if code and self.queue else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"queue": self.queue, "queues": self.queues, "asked": self.asked, "desk_url": reverse("queue")}
        return super().get_context_data(**shown | kwargs)
