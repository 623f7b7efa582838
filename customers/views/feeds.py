"""Feeds on screen: how each stands, its closings, and the form that closes one."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Text
from customers import feeds
from customers.feedstates import KINDS, FeedState, difference, due_date, state_of, states
from customers.forms import DateInput
from customers.models import FeedClosing
from customers.tables import ClosingTable

CLOSE = Action(_("Close a feed"), "feed_close", icon="lock", permission="feeds:write", dialog=True, key="n")


class FeedsPage(Page):
    permission = "feeds:read"
    title = _("Feeds")
    template_name = "customers/feeds.html"
    actions = [CLOSE]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = due_date()
        return super().get_context_data(states=states(due), due=due, **kwargs)


class FeedPage(ListPage):
    """The history of a feed's closings, and what stands there now for the date that it is closed through."""

    permission = "feeds:read"
    parents = [(_("Feeds"), "feeds")]
    template_name = "customers/feed.html"
    queryset = FeedClosing.objects.select_related("feed")
    scoped = False
    table_class = ClosingTable
    ordering_fields = {"closed_at": "closed_at"}
    ordering = "-closed_at"
    empty = Empty(_("Never closed"), _("Somebody says that the feed is complete through a date."), icon="lock-open")

    @cached_property
    def state(self) -> FeedState:
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return state_of(self.kwargs["kind"], due_date())

    def get_title(self) -> Text:
        return _("Feed: %(kind)s") % {"kind": self.state.label}

    def get_actions(self) -> list[Action]:
        to = f"{reverse('feed_close')}?kind={self.state.kind}"
        return [Action(_("Close this feed"), to, icon="lock", dialog=True)] if self.may("feeds:write") else []

    def get_queryset(self) -> QuerySet:
        return self.queryset.filter(feed__kind=self.state.kind)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state, now = self.state, None
        if state.last:
            rows, total = feeds.CONTROL[state.kind](state.last.through)
            now = {
                "rows": rows,
                "total": total,
                "rows_off": difference(rows, state.last.rows),
                "total_off": difference(total, state.last.total),
            }
        return super().get_context_data(state=state, now=now, **kwargs)


class CloseForm(forms.Form):
    kind = forms.ChoiceField(label=_("Feed"), choices=list(KINDS.items()))
    through = forms.DateField(
        label=_("Complete through"),
        widget=DateInput(),
        help_text=_("Nothing more comes for any day up to this one. A feed never opens again."),
    )
    rows = forms.IntegerField(
        label=_("Rows announced"),
        required=False,
        min_value=0,
        help_text=_("The rows dated that day, by the sender's count."),
    )
    total = forms.DecimalField(
        label=_("Control total announced"),
        required=False,
        max_digits=24,
        decimal_places=4,
        help_text=_("The sum of that day's amounts."),
    )

    def clean_through(self) -> date:
        """A feed never opens again: a slip into the future would blind the night for good."""
        day = self.cleaned_data["through"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A feed can't be complete through a day that is not over."))
        return day


class CloseFeed(FormPage):
    """The same verb as the command `close_feed`: what was announced and is not there is refused beside its field."""

    permission = "feeds:write"
    title = _("Close a feed")
    parents = [(_("Feeds"), "feeds")]
    form_class = CloseForm
    submit = _("Close")
    done = _("The feed is closed.")
    cancel_to: ClassVar[str] = "feeds"
    intro = _("The night lowers nobody until the balances are closed through its date.")

    def get_initial(self) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        return {"kind": kind if kind in KINDS else "balances", "through": due_date()}

    def perform(self, form: CloseForm) -> FeedClosing:
        return feeds.close(**form.cleaned_data, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("feed", args=[self.result.feed.kind])
