"""A correction as a proposal: {"check": id, "charges": how many, "state": what the ledger said of them}."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Cost, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import User
from segmentation.exceptions import known
from segmentation.leakage.correcting import check_correction, correct, state_of
from segmentation.leakage.sums import sums_of
from segmentation.models import Leak, WaiverCheck


def content_of(check: WaiverCheck) -> Content:
    return {"check": check.pk, "charges": check_correction(check), "state": state_of(check)}


def check_of(content: Content) -> WaiverCheck:
    number = content["check"]
    is_number = isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**63
    found = WaiverCheck.objects.select_related("run", "policy").filter(pk=number).first() if is_number else None
    if found is None:
        raise RuleBroken(_("There is no such check."), field="check")
    return found


def validate(content: Any) -> None:
    known(content, ("check", "charges", "state"))
    check = check_of(content)
    if content["charges"] != check_correction(check):
        raise RuleBroken(_("The check found another number of charges."), field="charges")


def base(content: Content, effective_from: Any) -> str:
    """An entry or an answer of the core meanwhile overtakes the proposal."""
    check = check_of(content)
    state = state_of(check)
    if state != content["state"]:
        return f"waiver_check:{check.pk}:changed"
    return f"waiver_check:{check.pk}:{state}"


def apply(proposal: Proposal, by: User) -> int:
    return correct(check=check_of(proposal.content), reason=proposal.reason, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    check = check_of(proposal.content)
    count = proposal.content["charges"]
    text = ngettext(
        "The waiver of %(count)s charge of %(since)s to %(through)s is corrected.",
        "The waivers of %(count)s charges of %(since)s to %(through)s are corrected.",
        count,
    )
    said = {"count": f"{count:,}", "since": check.since, "through": check.through}
    effect = _("Waived too much: %(without)s; too little: %(despite)s.") % {
        "without": _money(check.run.result["without_right"]),
        "despite": _money(check.run.result["despite_right"]),
    }
    return text % said, effect


def _money(sums: dict[str, str]) -> str:
    return ", ".join(f"{Decimal(amount):,} {code}" for code, amount in sorted(sums.items())) or "0"


def cost(content: Content, effect: Effect) -> Cost | None:
    """What is waived more, in the currency where that is most."""
    result = check_of(content).run.result
    codes = sorted({*result["without_right"], *result["despite_right"]})
    more = {
        code: Decimal(result["despite_right"].get(code, "0")) - Decimal(result["without_right"].get(code, "0"))
        for code in codes
    }
    code = max(more, key=lambda one: more[one], default="")
    return (more[code], code) if code else None


def details(proposal: Proposal) -> Details:
    check = check_of(proposal.content)
    rows = sums_of(Leak.objects.filter(waiver_check=check, waits=False))
    return Details("segmentation/leakage/_proposed.html", {"check": check, "sums": rows})


KIND = Kind(
    "waiver_correction", gettext_lazy("Correction of waivers"), validate=validate, apply=apply, sentences=sentences, base=base,
    cost=cost, details=details,
)  # fmt: skip
