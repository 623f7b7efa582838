"""A draft as its page shows it: the ladder or the lines in words, and what is still wrong, each with the way there."""

import re
from dataclasses import dataclass, field

from segmentation.changes.definition import Definition as ChangeDefinition
from segmentation.changes.wording import rule_in_words
from segmentation.editor import FORMS, Form
from segmentation.ladders import Level, levels_of, measure_of, review_of
from segmentation.managed.definition import Assigning
from segmentation.managed.picking import counts_of
from segmentation.managed.saying import Sheet as AssigningSheet
from segmentation.managed.saying import sheet_of as assigning_sheet_of
from segmentation.models import PolicyDraft, WaiverLine
from segmentation.next_product.definition import Offer
from segmentation.next_product.saying import said_of as said_of_offer
from segmentation.policies import Policy
from segmentation.segments.definition import Definition
from segmentation.segments.saying import currencies, said_of
from segmentation.standards.definition import Standard
from segmentation.standards.saying import Sheet, sheet_of
from segmentation.value.assumptions import Assumptions
from segmentation.value.saying import Sheet as ValueSheet
from segmentation.value.saying import sheet_of as value_sheet_of
from segmentation.waivers import Said, percent, said_lines, small_balance_of

INPUTS = {
    "tier_scheme": "scheme",
    "waiver_policy": "policy",
    "service_standards": "standards",
    "assignment_policy": "assigning",
}
VALUE_ROW = re.compile(r"value\.(\w+)\[(\d+)\]")
ROW = re.compile(r"(tier|line|point|benefit|product|weight|rule)s\[(\d+)\]")


@dataclass(frozen=True)
class Shown:
    """`problems` are (place on the editor's page, sentence). The rest is there where nothing is wrong."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    measure: str = ""
    currency: str = ""
    review: str = ""
    lines: list[Said] | None = None
    ceiling: str = ""
    small_balance: list[tuple[str, str]] = field(default_factory=list)
    segment: Definition | None = None
    words: str = ""
    sheet: Sheet | None = None
    value: ValueSheet | None = None
    assigning: AssigningSheet | None = None

    @property
    def is_ready(self) -> bool:
        return not self.problems


def form_of(draft: PolicyDraft) -> Form:
    return FORMS[draft.kind](draft.content)


def shown(draft: PolicyDraft) -> Shown:
    problems = form_of(draft).problems
    if problems:
        return Shown(problems=[(place_of(path), text) for path, text in problems.items()])
    if draft.kind == PolicyDraft.Kind.SEGMENT:
        definition = Definition.parse(draft.content)
        return Shown(segment=definition, words=said_of(definition, currencies()))
    if draft.kind == PolicyDraft.Kind.SERVICE_STANDARDS:
        return Shown(sheet=sheet_of(Standard.parse(draft.content)))
    if draft.kind == PolicyDraft.Kind.PRODUCT_OFFER:
        return Shown(words=said_of_offer(Offer.parse(draft.content)))
    if draft.kind == PolicyDraft.Kind.CHANGE_RULE:
        return Shown(words=rule_in_words(ChangeDefinition.parse(draft.content)))
    if draft.kind == PolicyDraft.Kind.VALUE:
        return Shown(value=value_sheet_of(Assumptions.parse(draft.content)))
    if draft.kind == PolicyDraft.Kind.ASSIGNMENT_POLICY:
        return Shown(assigning=assigning_of(Assigning.parse(draft.content)))
    policy = Policy.parse({draft.kind: draft.content})
    if policy.scheme:
        scheme = policy.scheme
        measure = measure_of(scheme)
        return Shown(levels=levels_of(scheme), measure=measure, currency=scheme.currency, review=review_of(scheme))
    lines = [
        WaiverLine(
            tier_code=line.tier,
            fee_code=line.fee,
            percent=line.percent,
            cap_per_fee=line.cap_per_fee,
            cap_per_month=line.cap_per_month,
            currency=line.currency,
            rule=line.when,
        )
        for line in policy.lines or ()
    ]
    return Shown(
        lines=said_lines(lines),
        ceiling=percent(policy.ceiling),
        small_balance=small_balance_of(policy.small_balance),
    )


def assigning_of(policy: Assigning) -> AssigningSheet:
    """With the numbers, where the figures of a night are there."""
    return assigning_sheet_of(policy, counts_of(policy))


def place_of(path: str) -> str:
    """ "tier_scheme.tiers[1].grace_months" is in the row "tier-1", "tier_scheme.currency" is the input "scheme-currency"."""
    row = VALUE_ROW.match(path) or ROW.search(path)
    if row:
        return f"{row[1]}-{row[2]}"
    head, _dot, key = path.partition(".")
    if key.startswith("small_balance."):
        return f"{INPUTS[head]}-{key.replace('.', '-').split('[')[0]}"
    first = key.split(".")[0].split("[")[0]
    if first == "when":
        return "when-rule"
    if first == "gold_card":
        first = key.replace(".", "-")
    return f"{INPUTS.get(head, head)}-{first}"
