"""What one does with an article: a form, one service each."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import FormPage, Page
from crm.base.pages.access import Crumb
from service.knowledge import services
from service.knowledge.forms import ArticleForm, ConfirmForm, RatingForm, WithdrawForm
from service.knowledge.services import newest
from service.knowledge.suggesting import number_of
from service.knowledge.views import ARTICLES
from service.models import Article, Ticket
from service.models.knowledge import ARTICLE


class NewArticle(FormPage):
    permission = "articles:write"
    title = _("New article")
    parents = [ARTICLES]
    form_class = ArticleForm
    submit = _("Propose")
    done = _("It waits for somebody else's decision.")
    cancel_to = "articles"

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.request.user.username, "title_zh": self.request.GET.get("title", "")}

    def perform(self, form: BaseForm) -> Proposal:
        content = form.content  # type: ignore[attr-defined]
        said = {"title": content["title_en"], "reason": form.cleaned_data["reason"]}
        return propose(kind=ARTICLE, content=content, by=self.request.user, at=timezone.now(), **said)

    def get_success_url(self) -> str:
        return reverse("articles")


class OfArticle(FormPage):
    permission = "articles:write"

    @cached_property
    def article(self) -> Article:
        return get_object_or_404(Article.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.article.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ARTICLES[0], reverse("articles")), Crumb(str(self.article), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("article", args=[self.article.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.article), "cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"article": self.article, "by": self.request.user, "at": timezone.now()} | form.cleaned_data


class ChangeArticle(OfArticle, NewArticle):
    """From what the newest version says."""

    title = _("Propose a change")

    def get_initial(self) -> dict[str, Any]:
        return newest(self.article).content | {"review_on": self.article.review_on}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["code"].disabled = True
        return form


class Confirm(OfArticle):
    title, submit, done = _("Still right"), _("Keep it"), _("Kept.")
    form_class = ConfirmForm

    def perform(self, form: BaseForm) -> Article:
        return services.confirm(**self.said(form))


class Withdraw(OfArticle):
    title, submit, done = (
        _("Withdraw the article"),
        pgettext_lazy("an article", "Withdraw it"),
        pgettext_lazy("an article", "Withdrawn."),
    )
    form_class = WithdrawForm

    def perform(self, form: BaseForm) -> Article:
        return services.withdraw(**self.said(form))


class Rate(OfArticle):
    title, submit, done = _("Did it help?"), _("Keep it"), _("Kept.")
    form_class = RatingForm

    def perform(self, form: BaseForm) -> Any:
        said = self.said(form)
        return services.rate(is_helpful=said.pop("helpful") == "yes", **said)


class LinkArticle(Page):
    """`article` is the key of the one by which the ticket is answered."""

    permission = "tickets:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, key = self.request.user, number_of(request.POST.get("article", ""))
        ticket = get_object_or_404(Ticket.objects.visible_to(user), pk=kwargs["pk"])
        article = get_object_or_404(Article.objects.visible_to(user), pk=key)
        services.link_article(article=article, ticket=ticket, by=user, at=timezone.now())
        messages.success(request, _t("Linked."))
        return redirect("ticket", ticket.pk)
