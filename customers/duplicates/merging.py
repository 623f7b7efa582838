"""Two records side by side, made one; and parted again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from customers.duplicates import comparing, services
from customers.duplicates.forms import MergeForm, ReasonForm
from customers.models import Customer, Duplicate, Merge
from customers.services.versions import STALE
from customers.views.change import ChangePage
from customers.views.head import look


class ComparePage(ChangePage):
    """Two records side by side; whoever may merge chooses for each difference whose value stays."""

    permission = "duplicates:read"
    title = _("Two records, one customer?")
    template_name = "customers/duplicates/compare.html"
    form_class = MergeForm

    @cached_property
    def other(self) -> Customer:
        reach = Customer.objects.visible_to(self.request.user).select_related("contact", "branch", "manager")
        return get_object_or_404(reach.exclude(pk=self.customer.pk), pk=self.kwargs["other"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.other, request, "form.customer_merge")
        return super().get(request, *args, **kwargs)

    @cached_property
    def lines(self) -> list[comparing.Line]:
        return comparing.lines(self.customer, self.other)

    @cached_property
    def pair(self) -> Duplicate | None:
        return Duplicate.objects.of(self.customer.pk).of(self.other.pk).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self.lines}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.customer.version, "other_version": self.other.version}

    def perform(self, form: BaseForm) -> Merge:
        return services.merge_customers(
            survivor=self.customer,
            absorbed=self.other,
            reason=form.cleaned_data["reason"],
            take=form.taken(),
            versions=form.versions(),
            by=self.request.user,
            at=timezone.now(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may("merges:write"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken sees the two records as they are now."""
        if refusal.code == STALE:
            for name in ("customer", "other", "lines"):
                self.__dict__.pop(name, None)
            fresh = MergeForm(lines=self.lines, initial=self.get_initial() | {"reason": form.cleaned_data["reason"]})
            messages.warning(self.request, str(refusal.message))
            return self.render_to_response(self.get_context_data(form=fresh), status=409)
        return super().refused(form, refusal)

    def get_done(self) -> str:
        return _t("%(number)s is a part of this record now.") % {"number": self.other.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        rows = [(line, form.chosen(line) if line.differs else "") for line in self.lines]
        found = {
            "other": self.other,
            "rows": rows,
            "pair": self.pair,
            "moving": comparing.moving(self.customer, self.other),
            "may_merge": self.may("merges:write") and not (self.customer.merged_into_id or self.other.merged_into_id),
        }
        return super().get_context_data(**kwargs | found | {"form": form})


class UndoPage(FormPage):
    permission = "merges:write"
    title = _("Undo the merge")
    submit = _("Undo")
    intro = _("What moved goes back. What was added to the record that stays since then stays there.")
    form_class = ReasonForm

    @cached_property
    def merge(self) -> Merge:
        rows = Merge.objects.visible_to(self.request.user).select_related("survivor", "absorbed")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _t("Part %(number)s from %(customer)s again") % {
            "number": self.merge.absorbed.number, "customer": self.merge.survivor}  # fmt: skip

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Customers"), reverse("customers")), Crumb(str(self.merge.survivor), self.get_success_url())]

    def perform(self, form: BaseForm) -> list[str]:
        reason = form.cleaned_data["reason"]
        return services.undo_merge(merge=self.merge, reason=reason, by=self.request.user, at=timezone.now())

    def get_done(self) -> str:
        if self.result:
            return _t("Undone. Changed since, and left as it is: %(names)s.") % {"names": ", ".join(self.result)}
        return _t("Undone: these are two records again.")

    def get_success_url(self) -> str:
        return reverse("customer_duplicates", args=[self.merge.survivor_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)
