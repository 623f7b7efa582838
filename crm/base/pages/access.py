"""Who may open a page, and what its head says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from crm.base.errors import RuleBroken

Text = str | Promise


@dataclass(frozen=True)
class Action:
    """A button of a page: a link to a named URL or path, or with `post` a form that posts to it."""

    label: Text
    to: str
    icon: str = ""
    permission: str = ""
    post: bool = False
    dialog: bool = False
    key: str = ""

    @property
    def url(self) -> str:
        return resolve_url(self.to)


@dataclass(frozen=True)
class Crumb:
    label: Text
    url: str


def is_fragment(request: HttpRequest) -> bool:
    """Whether HTMX asks for a piece of the page that the browser already shows."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def to_login(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(reverse("login"))
    return redirect_to_login(request.get_full_path())


class Page(TemplateView):
    """Signed in, allowed, and with a head: title, breadcrumb, at most two primary actions.

    What a service refuses on POST is said on the page that it was asked from.
    """

    request: Any  # of someone signed in: `user` is a User
    http_method_names = ["get", "post", "head", "options"]
    permission: str = ""
    title: Text = ""
    parents: Sequence[tuple[Text, str]] = ()
    actions: Sequence[Action] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_login(request)
        if not self.is_allowed():
            raise PermissionDenied
        try:
            response = super().dispatch(request, *args, **kwargs)
        except RuleBroken as refusal:
            if request.method != "POST":
                raise
            refusal.conclude()
            response = self.turned_down(refusal)
        patch_vary_headers(response, ["HX-Request"])
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    def turned_down(self, refusal: RuleBroken) -> HttpResponse:
        messages.error(self.request, str(refusal))
        return self.leave(self.back())

    def leave(self, url: str) -> HttpResponse:
        return HttpResponseClientRedirect(url) if is_fragment(self.request) else redirect(url)

    def back(self) -> str:
        """The page of ours that the person comes from."""
        url = self.request.headers.get("Referer")
        hosts, is_secure = {self.request.get_host()}, self.request.is_secure()
        is_ours = url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=is_secure)
        return url if is_ours else resolve_url("home")

    def is_allowed(self) -> bool:
        return not self.permission or self.may(self.permission)

    def may(self, permission: str) -> bool:
        return self.request.user.may(permission)

    def get_title(self) -> Text:
        return self.title

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(label, resolve_url(to)) for label, to in self.parents]

    def get_actions(self) -> list[Action]:
        return [action for action in self.actions if not action.permission or self.may(action.permission)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        head = {"title": self.get_title(), "crumbs": self.get_crumbs(), "actions": self.get_actions()}
        return super().get_context_data(**head | kwargs)
