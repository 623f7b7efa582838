"""All that is wrong with a policy, not only what is wrong first: each tier and each line is also read by itself."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crm.base.errors import RuleBroken
from segmentation.builder.form import bare
from segmentation.changes.definition import Definition as ChangeDefinition
from segmentation.changes.proposals import examine as examine_change
from segmentation.managed.definition import PATH as ASSIGNING
from segmentation.managed.definition import Assigning
from segmentation.managed.proposals import examine as examine_assigning
from segmentation.next_product.definition import Offer
from segmentation.next_product.proposals import examine as examine_offer
from segmentation.policies import Policy
from segmentation.schemes import Scheme
from segmentation.segments.definition import Definition
from segmentation.segments.proposals import examine
from segmentation.standards.definition import PATH as STANDARDS
from segmentation.standards.definition import Standard
from segmentation.standards.proposals import validate as validate_standards
from segmentation.value.assumptions import SHAPES
from segmentation.value.proposals import validate as validate_value
from segmentation.waiver_checks import unknown

LOWEST = {"code": "lowest", "name": "Lowest"}
SOUND = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
UNNAMED = {"code": "unnamed", "name": "Unnamed", "retired": True}
Wrong = Iterator[tuple[str, str]]


def problems_of(wrong: Wrong, known: Mapping[str, str]) -> dict[str, str]:
    """By path, what is not known already; a place has one sentence."""
    found: dict[str, str] = {}
    for path, text in wrong:
        if path not in known and path not in found:
            found[path] = text
    return found


def scheme_problems(content: dict[str, Any]) -> Wrong:
    yield from _refused(Scheme.parse, content | {"tiers": [LOWEST]})
    sound = SOUND | {"currency": content["currency"]} if _is_currency(content.get("currency")) else SOUND
    shared = sound | {key: value for key, value in content.items() if key not in (*SOUND, "name", "tiers")}
    for number, tier in enumerate(content["tiers"]):
        alone = [LOWEST, tier] if number else [tier]
        place = f"tier_scheme.tiers[{len(alone) - 1}]"
        yield from _refused(Scheme.parse, shared | {"tiers": alone}, place, f"tier_scheme.tiers[{number}]")
    yield from _refused(_whole, content)


def policy_problems(content: dict[str, Any]) -> Wrong:
    yield from _refused(_waivers, content | {"lines": []})
    for number, line in enumerate(content["lines"]):
        here = f"waiver_policy.lines[{number}]"
        yield from _refused(_waivers, content | {"lines": [line]}, "waiver_policy.lines[0]", here)
    yield from _refused(_waivers, content)
    for path, text in unknown(content):
        yield path, text[:1].upper() + text[1:]


def segment_problems(content: dict[str, Any]) -> Wrong:
    """Key by key; and where each is right, whether the segments that will be in use can be told together."""
    alone = False
    for key in dict.fromkeys(("code", "name", *content)):
        if key not in ("when", "retired"):
            for path, text in _refused(Definition.parse, UNNAMED | {key: content.get(key, "")}):
                alone = True
                yield path, text
    if not alone:
        yield from _refused(examine, content)


def standards_problems(content: dict[str, Any]) -> Wrong:
    """Each row beside the benefits alone, so that one wrong row hides no other; then all of them together."""
    benefits = {"benefits": content["benefits"]}
    for number, benefit in enumerate(content["benefits"]):
        here = f"{STANDARDS}.benefits[{number}]"
        yield from _refused(Standard.parse, {"benefits": [benefit]}, f"{STANDARDS}.benefits[0]", here)
    if not list(_refused(Standard.parse, benefits)):
        head = {key: value for key, value in content.items() if key not in ("lines", "products")}
        yield from _refused(Standard.parse, head)
        for name in ("lines", "products"):
            for number, row in enumerate(content[name]):
                place, here = f"{STANDARDS}.{name}[0]", f"{STANDARDS}.{name}[{number}]"
                yield from _refused(validate_standards, benefits | {name: [row]}, place, here)
    yield from _refused(validate_standards, content)


def offer_problems(content: dict[str, Any]) -> Wrong:
    """Key by key; and where each is right, whether it can be published."""
    alone = False
    for key in dict.fromkeys(("product", *content)):
        if key != "when":
            for path, text in _refused(Offer.parse, {"product": "-"} | {key: content.get(key, "")}):
                alone = True
                yield path, text
    if not alone:
        yield from _refused(examine_offer, content)


def change_problems(content: dict[str, Any]) -> Wrong:
    """What is wrong first; and where nothing is, whether it can be published."""
    alone = list(_refused(ChangeDefinition.parse, content))
    yield from alone or _refused(examine_change, content)


def assigning_problems(content: dict[str, Any]) -> Wrong:
    """The head, then row by row, then whether it can be published."""
    head = {key: value for key, value in content.items() if key not in ("weights", "rules")}
    yield from _refused(Assigning.parse, head)
    for name in ("weights", "rules"):
        for number, row in enumerate(content[name]):
            here = f"{ASSIGNING}.{name}[{number}]"
            yield from _refused(Assigning.parse, {name: [row]}, f"{ASSIGNING}.{name}[0]", here)
    yield from _refused(examine_assigning, content)


def value_problems(content: dict[str, Any]) -> Wrong:
    """The head, then row by row, then whether the rows of a table tell each time once."""
    tables = {shape.name: content.get(shape.name, []) for shape in SHAPES}
    head = {key: value for key, value in content.items() if key not in tables}
    yield from _refused(validate_value, head)
    for name, rows in tables.items():
        for number, row in enumerate(rows):
            bare_row = {key: value for key, value in row.items() if key != "until"}
            place, here = f"value.{name}[0]", f"value.{name}[{number}]"
            yield from _refused(validate_value, {"discount_rate": "0.99"} | {name: [bare_row]}, place, here)
    yield from _refused(validate_value, content)


def _whole(content: dict[str, Any]) -> None:
    Policy.parse({"tier_scheme": content})


def _waivers(content: dict[str, Any]) -> None:
    Policy.parse({"waiver_policy": content})


def _is_currency(code: Any) -> bool:
    return not list(_refused(Scheme.parse, SOUND | {"currency": code, "tiers": [LOWEST]}))


def _refused(parse: Callable[[Any], Any], content: Any, place: str = "", here: str = "") -> Wrong:
    """What the parser refuses, said of the place where it really stands."""
    try:
        parse(content)
    except RuleBroken as refusal:
        path, text = str(refusal.field), bare(refusal)
        if not place:
            yield path, text
        elif path == place or path.startswith((f"{place}.", f"{place}[")):
            yield here + path.removeprefix(place), text
