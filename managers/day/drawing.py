"""The rows of the day as HTML, in one go: a template would take longer for them than the database."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.base.icons import icon
from crm.base.templatetags.frame import day, names, tag, tier_badge
from managers.day.reading import Row

ROW = """<li class="day-row" data-day-row>{icon}<div class="day-what"><a class="name" data-row href="{url}">{who}</a>
<span class="day-why">{reason}</span><span class="day-when">{due}{late}{tier}{owner}</span></div><div class="day-acts">{acts}</div></li>"""
ACT = '<a class="btn btn-sm" data-act="{key}" href="{url}"{dialog} aria-label="{label}: {who}">{text}</a>'
DIALOG = ' hx-get="{url}" hx-target="#dialog"'


@cache
def addresses(prefix: str) -> dict[str, str]:
    """With a place for the key in those of one customer or task; found once, for the way of the server to us never changes."""
    of_one = {"customer": "customer", "d": "day_close", "b": "customer_brief"}
    found = {name: reverse(url, args=[0]).replace("/0/", "/%s/") for name, url in of_one.items()}
    return found | {"l": reverse("day_log"), "s": reverse("day_snooze"), "x": reverse("day_dismiss")}


class Drawer:
    """Of one page: its addresses and words are found once."""

    def __init__(self, user: Any, today: Any) -> None:
        self.user, self.today = user, today
        self.at = addresses(get_script_prefix())
        self.may_act, self.may_log, self.may_close = (
            user.may(permission) for permission in ("day:write", "interactions:write", "tasks:write")
        )
        self.words = {"l": _("Log contact"), "d": _("Done"), "b": _("Brief"), "s": _("Later"), "x": _("Nothing to do")}
        self.overdue, self.covered = tag(_("overdue"), "red"), tag(_("covered"), "purple")
        self.since = _("as of %(day)s")

    def drawn(self, rows: list[Row]) -> SafeString:
        return mark_safe("".join(map(self._row, rows)))  # noqa: S308  escaped part by part

    def _row(self, row: Row) -> str:
        name = escape(str(row.customer)) if row.customer else escape(str(row.source.label))
        since = f' <span class="quiet">· {self.since % {"day": day(row.source_on)}}</span>' if row.source_on else ""
        return ROW.format(
            icon=icon(row.source.icon),
            url=self.at["customer"] % row.customer_id if row.customer_id else row.url,
            who=names(row.customer) if row.customer else name,
            reason=self._reason(row),
            due=day(row.due_on) + since,
            late=" " + self.overdue if row.due_on < self.today else "",
            tier=" " + tier_badge(row.tier, row.tier_code) if row.tier else "",
            owner=" " + self.covered if row.customer_id and row.owner_id != self.user.pk else "",
            acts="".join(self._acts(row, name)),
        )

    def _reason(self, row: Row) -> str:
        reason, url = escape(row.reason), row.url
        return format_html('<a href="{}">{}</a>', url, reason) if url and row.customer_id else reason

    def _acts(self, row: Row, name: str) -> Any:
        key = "?row=" + quote(row.key, safe=":")
        if row.customer_id and self.may_log:
            yield self._act("l", self.at["l"] + key, name)
        if row.is_task and self.may_close:
            yield self._act("d", self.at["d"] % row.about, name)
        if row.customer_id:
            yield self._act("b", self.at["b"] % row.customer_id, name, dialog=False)
        if self.may_act:
            yield self._act("s", self.at["s"] + key, name)
            yield self._act("x", self.at["x"] + key, name)

    def _act(self, key: str, url: str, name: str, *, dialog: bool = True) -> str:
        word = escape(self.words[key])
        opened = DIALOG.format(url=url) if dialog else ""
        return ACT.format(key=key, url=url, dialog=opened, label=word, who=name, text=word)
