"""The rule builder: a page to try a rule, and the part of it that answers while one is typed anywhere."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Page
from crm.base.pages.access import is_fragment
from crm.base.parsing import loaded
from crm.identity.models import Branch
from customers.models import Customer
from segmentation.builder import RuleForm, moves
from segmentation.builder.drawing import every
from segmentation.counting import fields_of, sample
from segmentation.rules import Purpose
from segmentation.saying import Said, count_of, currency_of, said_of

PREFIX = re.compile(r"[a-z][a-z0-9-]{0,60}", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}|", re.ASCII)
KINDS = ("", *Customer.Kind.values)


def shown(form: RuleForm, said: Said | None, *, user: Any, **more: Any) -> dict[str, Any]:
    """What the templates of a rule are drawn with; without `said` the browser asks for it once it is there."""
    drawn = form.drawn
    places = list(every(drawn))
    lookups = Branch.objects.order_by("code") if any(place.is_lookup for place in places) else []
    context = {"rule": form, "node": drawn, "places": places, "said": said, "lookups": lookups, "user": user}
    return context | {"counted": "", "found": None, "text": "", "sample": [], "fields": []} | more


def sampled(form: RuleForm, *, user: Any) -> dict[str, Any]:
    if form.rule is None:
        return {"sample": [], "fields": []}
    rows = sample(form.rule, user=user, purpose=form.purpose, customer_kind=form.customer_kind)
    return {"sample": rows, "fields": fields_of(form.rule)}


class RulesPage(Page):
    """Nothing is kept: a rule is built, said and counted here, and used in a scheme, a policy or a file."""

    permission = "rules:read"
    title = _("Rules")
    template_name = "segmentation/rules/page.html"
    fragment_name = "segmentation/rules/_page.html"

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if is_fragment(self.request) else self.template_name]

    @cached_property
    def options(self) -> dict[str, Any]:
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        purpose, kind = asked.get("purpose"), asked.get("kind", "")
        kind = kind if kind in KINDS else ""
        return {
            "purpose": purpose if purpose in Purpose.values else str(Purpose.TIER),
            "customer_kind": kind,
            "currency": currency_of(kind or Customer.Kind.PERSON),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`?rule=` is the JSON of a rule, so that a link can show one."""
        try:
            tree = loaded(request.GET.get("rule", "null"))
        except ValueError:
            tree = None
        form = RuleForm.of(tree, **self.options) if tree else RuleForm.fresh(**self.options)
        return self.answer(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RuleForm.read(request.POST, **self.options)
        button = request.POST.get("do", "")
        place = form.place(button)
        counted = {}
        if button.startswith("count:") and place is not None and form.node:
            found, text = count_of(moves.at(form.node, place), form, user=request.user)
            counted = {"counted": button.partition(":")[2], "found": found, "text": text}
        else:
            form.do(button)
        return self.answer(form, **counted)

    def answer(self, form: RuleForm, **more: Any) -> HttpResponse:
        said = said_of(form, user=self.request.user)
        context = shown(form, said, user=self.request.user, **more)
        context |= {"purposes": Purpose.choices, "kinds": Customer.Kind.choices}
        if said.count and said.count.picked and not is_fragment(self.request):
            context |= sampled(form, user=self.request.user)
        return self.render_to_response(self.get_context_data(**context))


class RulePart(Page):
    """For a rule in any form: the tree after a button, what it says while it is typed, a count, a sample."""

    permission = "rules:read"
    http_method_names = ["post"]

    @cached_property
    def options(self) -> dict[str, Any]:
        asked = self.request.GET
        found = {
            "prefix": asked.get("prefix", "when"),
            "purpose": asked.get("purpose", ""),
            "currency": asked.get("currency", ""),
            "customer_kind": asked.get("kind", ""),
            "path": asked.get("path", "when")[:200],
            "is_optional": bool(asked.get("optional")),
            "is_small": bool(asked.get("small")),
        }
        is_known = found["purpose"] in Purpose.values and found["customer_kind"] in KINDS
        if not (is_known and PREFIX.fullmatch(found["prefix"]) and CURRENCY.fullmatch(found["currency"])):
            raise Http404
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RuleForm.read(request.POST, **self.options)
        button = request.POST.get("do", "")
        if button.startswith("count:"):
            return self.count(form, button)
        if button == "sample":
            return render(request, "segmentation/rules/_sample.html", sampled(form, user=request.user))
        if form.do(button):  # quick, so that nothing is typed meanwhile: the browser then asks what it comes to
            return render(request, "segmentation/rules/_tree.html", shown(form, None, user=request.user))
        said = said_of(form, user=request.user)
        return render(request, "segmentation/rules/_typed.html", shown(form, said, user=request.user))

    def count(self, form: RuleForm, button: str) -> HttpResponse:
        place = form.place(button)
        node = moves.at(form.node, place) if form.node and place is not None else None
        found, text = count_of(node, form, user=self.request.user)
        name = button.partition(":")[2]
        context = {"rule": form, "name": name, "found": found, "text": text, "counted": name}
        return render(self.request, "segmentation/rules/_count.html", context)
