"""What a segment may say, and the sentence beside what it may not."""

from datetime import date

import pytest

from crm.base.errors import RuleBroken
from segmentation.models import Segment, SegmentVersion
from segmentation.segments.definition import Definition, readable
from segmentation.segments.starters import STARTERS
from segmentation.services.policies import apply_policy
from tests.segmentation.night.bank import customer_with, nights, policy
from tests.segmentation.segments.bank import RICH, segment, use
from tests.segmentation.segments.test_night import D1

pytestmark = pytest.mark.django_db


def of(code: str) -> dict:
    return {"field": "segment", "op": "=", "value": code}


def refusal(*segments: dict) -> tuple[str, str]:
    """The field and the sentence; and nothing was published."""
    before = (Segment.objects.count(), SegmentVersion.objects.count())
    with pytest.raises(RuleBroken) as refused:
        use(*segments)
    assert (Segment.objects.count(), SegmentVersion.objects.count()) == before
    return str(refused.value.field), str(refused.value)


@pytest.mark.parametrize(("wrong", "field", "said"), [
    ({"code": "Not a code"}, "segments[0].code", "small letters"),
    ({"name": ""}, "segments[0].name", "1 to 80"),
    ({"priority": 0}, "segments[0].priority", "from 1 to"),
    ({"priority": True}, "segments[0].priority", "from 1 to"),
    ({"customer_kind": "cat"}, "segments[0].customer_kind", "person"),
    ({"scheme": "Main scheme"}, "segments[0].scheme", "small letters"),
    ({"when": {}}, "segments[0].when", "tells nobody apart"),
    ({"when": {"field": "gone", "op": "=", "value": "1"}}, "segments[0].when.field", "no field is called “gone”"),
    ({"when": of("nowhere")}, "segments[0].when", "no segment in use is called “nowhere”"),
    ({"when": {"field": "segment", "op": "is_null"}}, "segments[0].when.op", "a segment is named here"),
    ({"colour": "red"}, "segments[0].colour", "unknown here"),
    ({"when": {"field": "household_balance", "op": ">", "value": "1"}}, "segments[0].when.field", "for tier schemes alone"),
    ({"retired": True, "when": "nonsense"}, "segments[0].when", "a rule is"),
    ({"description": []}, "segments[0].description", "1 to 300"),
    ({"retired": "yes"}, "segments[0].retired", "true or false"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(wrong, field, said):
    found, sentence = refusal(segment() | wrong)
    assert found == field and said in sentence


def test_a_circle_of_segments_is_refused_with_the_way_around():
    field, sentence = refusal(segment("a", of("b")), segment("b", {"not": of("c")}), segment("c", of("a")))
    assert (field, "a → b → c → a" in sentence) == ("segments[0].when", True)


def test_a_segment_of_itself_is_refused():
    assert "part of itself" in refusal(segment("a", of("a")))[1]


def test_a_change_that_closes_a_circle_is_refused():
    use(segment("a"), segment("b", of("a")))
    assert "part of itself" in refusal(segment("a", of("b")))[1]


def test_a_circle_that_begins_later_is_refused_before():
    """B names A from June on; that A names B from May on would close the circle in June."""
    use(segment("a"), segment("b"), start=date(2026, 1, 1))
    use(segment("b", of("a")), start=date(2026, 6, 1))

    with pytest.raises(RuleBroken, match="part of itself"):
        use(segment("a", of("b")), start=date(2026, 5, 1))


def test_a_segment_that_was_broken_before_stops_no_other(monkeypatch):
    use(segment("b"), segment("a", of("b")))
    monkeypatch.setattr(
        "segmentation.segments.versions.readable", lambda content: content["code"] != "b" and readable(content)
    )

    use(segment("c"))

    assert Segment.objects.filter(code="c").exists()


def test_names_that_stand_twice_count_once_and_a_bare_name_has_its_limit_too():
    wide = {"any": [RICH] * 90}
    use(segment("x", wide), segment("ok", {"field": "segment", "op": "in", "value": ["x"] * 500}))
    many = [segment(f"y{n}", wide) for n in range(6)]
    bare = {"field": "segment", "op": "in", "value": [each["code"] for each in many]}
    assert "at most 500 predicates" in refusal(*many, segment("z", bare))[1]


def test_a_segment_that_others_speak_of_is_not_retired():
    use(segment("a"), segment("b", of("a")))
    assert "the segment “b” speaks of it" in refusal({"code": "a", "name": "A", "retired": True})[1]


def test_a_segment_of_nobody_or_of_everybody_is_refused_once_that_is_known():
    policy(("mass", None, 0))
    customer_with({D1: "5000"}, number="A")
    customer_with({D1: "5"}, number="B")
    use(segment("unknown_yet", {"field": "balance", "op": ">", "value": "99999"}))
    nights(D1, D1)

    nobody = refusal(segment("nobody", {"field": "balance", "op": ">", "value": "99999"}))
    everybody = refusal(segment("all", {"not": {"field": "balance", "op": ">", "value": "99999"}}))

    assert nobody[0] == everybody[0] == "segments[0].when"
    assert "no customer meets" in nobody[1] and "every customer meets" in everybody[1]


def test_a_segment_stays_in_its_scheme_and_two_of_a_code_are_refused():
    use(segment())
    assert "stays in its scheme" in refusal(segment(scheme="other"))[1]
    assert "stands here twice" in refusal(segment("a"), segment("a"))[1]


def test_what_says_the_same_makes_no_new_version():
    use(segment())
    (applied,) = apply_policy(content={"segments": [segment()]}, by="setup")
    assert (applied.kind, applied.number, applied.is_new) == ("segment:rich", 1, False)


def test_of_a_file_with_one_wrong_segment_nothing_is_published():
    refusal(segment("good"), segment("bad", of("nowhere")))


def test_every_template_is_a_segment_and_has_a_code_of_its_own():
    assert {Definition.parse(each.content).code for each in STARTERS} == {
        "affluent", "emerging", "rising", "small_business", "dormant_money",
    }  # fmt: skip


def test_tier_and_waiver_rules_may_not_speak_of_segments():
    with pytest.raises(RuleBroken, match="must never set a price"):
        policy(("mass", None, 0), lines=[{"tier": "mass", "fee": "statement", "percent": "0.10", "when": of("rich")}])


def test_more_than_a_rule_can_hold_is_refused():
    wide = {"any": [RICH] * 90}
    chain = [segment("s0", wide), *(segment(f"s{n}", {"any": [of(f"s{n - 1}"), *wide["any"]]}) for n in range(1, 7))]
    assert "at most 500 predicates" in refusal(*chain)[1]
