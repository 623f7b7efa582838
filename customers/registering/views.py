"""A new customer: the form, and its drafts."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.audit.claims import hash_of
from crm.base.errors import RuleBroken
from crm.base.pages import FormPage, Page
from crm.identity.models import User
from customers.contacts import KINDS
from customers.models import Customer, RegistrationDraft
from customers.registering.drafts import begun_by, is_worth_keeping, named_in, typed_in
from customers.registering.forms import HIDDEN, RegisterForm
from customers.registering.papers import PAPER_FIELDS
from customers.registering.services import DRAFT_GONE, keep_draft, register, register_once

NOT_SAID = {*HIDDEN, "csrfmiddlewaretoken"} - {"kind"}


class RegisterCustomer(FormPage):
    """`?kind=` for a company or institution, `?draft=` to go on with one that was begun."""

    permission = "customers:write"
    title = _("New customer")
    parents = [(_("Customers"), "customers")]
    submit = _("Register")
    done = _("Customer registered.")
    cancel_to = "customers"
    intro = _("Customers whose accounts are open come from the bank's files. Register prospects here.")
    form_class = RegisterForm
    template_name = "customers/registering/form.html"

    @cached_property
    def draft(self) -> RegistrationDraft | None:
        """The one that the address or the form names; out of reach is none."""
        key = named_in(self.request.POST if self.request.method == "POST" else self.request.GET)
        return RegistrationDraft.objects.visible_to(self.request.user).filter(pk=key).first() if key else None

    @property
    def kind(self) -> str:
        draft = self.draft.kind if self.draft else Customer.Kind.PERSON
        asked = self.request.POST.get("kind") or self.request.GET.get("kind") or draft
        return asked if asked in Customer.Kind.values else Customer.Kind.PERSON

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"branch": self.request.user.branch_id, "kind": self.kind}
        begun = [each for each in self.begun if each.draft == self.draft]
        return initial | (begun[0].typed | {"draft": begun[0].draft.pk} if begun else {})

    @cached_property
    def begun(self) -> list[Any]:
        return begun_by(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(str(value), label, value == self.kind) for value, label in Customer.Kind.choices]
        others = [each for each in self.begun if each.draft != self.draft]
        return super().get_context_data(kinds=kinds, begun=others, **kwargs)

    def perform(self, form: Any) -> Customer:
        data = dict(form.cleaned_data)
        papers = form.papers()
        for name in PAPER_FIELDS:
            data.pop(name, None)
        user, key = self.request.user, data.pop("key")
        act = partial(register_once, key=key, typed=self.typed_hash()) if key else register
        return act(
            by=user,
            at=timezone.now(),
            manager=user if user.role == User.Role.MANAGER else None,
            contact={kind: data.pop(kind) for kind in KINDS},
            documents=papers,
            **data,
        )

    def typed_hash(self) -> str:
        """Of what is in the form, which may have become a draft in the meantime."""
        sent = {**dict(self.request.POST.lists()), **dict(self.request.FILES.lists())}
        return hash_of((name, values) for name, values in sent.items() if name not in NOT_SAID)

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        """Where it was registered already, what was typed stays, and is another form from now on."""
        if refusal.code == DRAFT_GONE:
            self.retyped(form, draft="", key=uuid4())
        return super().refused(form, refusal)

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.result.pk])


class KeepDraft(Page):
    """POST what was typed so far; the answer says when it was kept, and under which draft."""

    permission = "customers:write"
    http_method_names = ["post", "options"]
    template_name = "customers/registering/_kept.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed, draft, now = typed_in(request.POST), named_in(request.POST), timezone.now()
        if not (draft or is_worth_keeping(typed)):
            return self.render_to_response({})
        kind, by = request.POST.get("kind", ""), self.request.user
        kept = keep_draft(typed=typed, kind=kind, at=now, by=by, draft=draft)
        return self.render_to_response({"draft": kept, "at": now})

    def turned_down(self, refusal: RuleBroken) -> HttpResponse:
        """Said where it would be said that it is kept: what is typed stays."""
        return self.render_to_response({"refusal": refusal})


class ThrowDraftAway(Page):
    permission = "customers:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        get_object_or_404(RegistrationDraft.objects.visible_to(request.user), pk=self.kwargs["pk"]).delete()
        return redirect("customer_add")
