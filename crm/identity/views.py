"""Coming in and leaving, the password, the language, and one's alerts."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.base.slots import contributions
from crm.identity import services
from crm.identity.filters import UserFilter
from crm.identity.forms import LoginForm
from crm.identity.models import Notification, User
from crm.identity.tables import NotificationTable, UserTable


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


class Login(auth.LoginView):
    """Who was on the way nowhere comes to the first page of the slot "landing", `(permission, name of the URL)`, that is theirs."""

    template_name = "identity/login.html"
    authentication_form = LoginForm
    http_method_names = ["get", "post", "head", "options"]
    redirect_authenticated_user = True
    extra_context = {"title": _("Sign in")}

    def get_default_redirect_url(self) -> str:
        mine = (name for permission, name in contributions("landing") if self.request.user.may(permission))
        return resolve_url(next(mine, settings.LOGIN_REDIRECT_URL))

    def form_valid(self, form: LoginForm) -> HttpResponse:
        response = super().form_valid(form)
        if language := form.get_user().language:
            remember_language(response, language)
        return response


class ChangePassword(FormPage):
    title = _("Change password")
    form_class = PasswordChangeForm
    submit = _("Change password")
    done = _("Your password is changed. Other devices are signed out.")
    success_url = "home"
    cancel_to = "home"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> None:
        user = self.request.user
        services.change_password(user=user, password=form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(self.request, user)


class SetPassword(auth.PasswordResetConfirmView):
    """By a link that an approver has handed over: it holds for a day, and until a password is set."""

    template_name = "identity/set_password.html"
    http_method_names = ["get", "post", "head", "options"]
    success_url = reverse_lazy("login")
    title = _("Set a password")

    user: User  # the link was good when a form comes in

    def form_valid(self, form: BaseForm) -> HttpResponse:
        services.change_password(user=self.user, password=form.cleaned_data["new_password1"], by=self.user)
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, gettext("Your password is set. Sign in with it."))
        return HttpResponseRedirect(str(self.success_url))


class UserList(ListPage):
    """Slot "identity.user_row": callables (user, viewer) -> where the row leads, or ""."""

    permission = "users:read"
    title = _("Users")
    queryset = User.objects.select_related("branch")
    scoped = False
    filterset_class = UserFilter
    table_class = UserTable
    ordering_fields = {"username": "username"}
    ordering = "username"
    empty = Empty(_("No users yet"), icon="users")


class SetLanguage(View):
    """Kept on the user, who finds it on every device, and in a cookie for the page of signing in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            return HttpResponseBadRequest(_("This language is not offered."))
        if request.user.is_authenticated:
            services.change_language(user=request.user, language=language, by=request.user)
        response = HttpResponseRedirect(self._back(request.POST.get("next", "")))
        remember_language(response, language)
        return response

    def _back(self, to: str) -> str:
        allowed = url_has_allowed_host_and_scheme(to, {self.request.get_host()}, require_https=self.request.is_secure())
        return to if allowed else resolve_url("home")


class NotificationList(ListPage):
    title = _("Alerts")
    queryset = Notification.objects.all()
    table_class = NotificationTable
    ordering_fields = {"at": "at"}
    ordering = "-at"
    exportable = False
    actions = [Action(_("Mark all as read"), "notifications_read", icon="checks", post=True)]
    empty = Empty(_("No alerts"), _("What needs your attention is told here."), icon="bell")

    def get_queryset(self) -> QuerySet:
        """One's own, and nobody else's."""
        return self.request.user.notifications.all()


class OpenNotification(Page):
    """Leads to what an alert speaks of, and marks it as read."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        alert = get_object_or_404(request.user.notifications, pk=kwargs["pk"])
        services.mark_read(user=request.user, at=timezone.now(), pk=alert.pk)
        return redirect(alert.url or "notifications")


class ReadNotifications(Page):
    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        services.mark_read(user=request.user, at=timezone.now())
        return redirect("notifications")
