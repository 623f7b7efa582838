"""What the frame around every page knows. Lazy: a fragment asks for none of it.

Slots: "navigation" (panels.NavigationEntry), "quick_log" (callable(request) -> URL or None), and in SQL, since every page
asks and all is asked in one statement: "data_date" (a date or NULL), "alerts" (how many alerts `%(user)s` has not read).
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info

from crm.base.navigation import Groups, navigation
from crm.base.slots import contributions
from crm.base.sql import row_of

THEMES = ("light", "dark")


@lru_cache(maxsize=512)
def _drawn(language: str, brand: str, is_home: bool, groups: Groups) -> str:
    return render_to_string("base/_sidebar.html", {"brand": brand, "is_home": is_home, "groups": groups})


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.brand = settings.CRM_BRAND

    @cached_property
    def user(self) -> Any:
        """The user who is signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def theme(self) -> str:
        asked = self.request.COOKIES.get("theme", "")
        return asked if asked in THEMES else "light"

    @cached_property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def html_language(self) -> str:
        """As HTML wants it: zh-Hans, not zh-hans."""
        return {"zh-hans": "zh-Hans"}.get(self.language, self.language)

    @cached_property
    def languages(self) -> tuple[tuple[str, str], ...]:
        return tuple((code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES)

    @cached_property
    def name(self) -> str:
        return str(self.user)

    @cached_property
    def role(self) -> str:
        return str(self.user.get_role_display())

    @cached_property
    def asked(self) -> str:
        """What the search box holds: on the page of its answers, the question."""
        match = self.request.resolver_match
        return self.request.GET.get("q", "") if match and match.url_name == "search" else ""

    @cached_property
    def navigation(self) -> Groups:
        return navigation(self.user, self.request.path) if self.user else ()

    @cached_property
    def sidebar(self) -> str:
        """The menu, drawn once per role, language and current entry, unless an entry counts something."""
        is_home = getattr(self.request.resolver_match, "url_name", "") == "home"
        return _drawn(self.language, self.brand, is_home, self.navigation)

    @cached_property
    def _told(self) -> tuple[Any, ...]:
        return row_of(*contributions("data_date"), *contributions("alerts"), user=self.user.pk) if self.user else ()

    @property
    def data_date(self) -> date | None:
        """The published business date: the day that the figures on the pages speak of."""
        return next(filter(None, self._told[: len(contributions("data_date"))]), None)

    @cached_property
    def is_late(self) -> bool:
        """Whether yesterday's figures should be there by now, and are not."""
        now = timezone.localtime()
        due = now.date() - timedelta(days=1 if now.hour >= settings.CRM_NIGHT_WAITS_UNTIL else 2)
        return self.data_date is not None and self.data_date < due

    @property
    def unread(self) -> int:
        return sum(self._told[len(contributions("data_date")) :])

    @cached_property
    def quick_log_url(self) -> str:
        return next((url for ask in contributions("quick_log") if self.user and (url := ask(self.request))), "")


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
