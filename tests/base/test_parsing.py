"""What is nested beyond use is refused in words, however it comes in."""

import json

import pytest

from crm.base.parsing import MAX_LEVELS, is_too_deep, loaded


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.parametrize("levels", [MAX_LEVELS + 1, 990, 1_000, 100_000])
def test_json_too_deep_is_refused_in_words(levels: int) -> None:
    with pytest.raises(ValueError, match="64 levels deep"):
        loaded(nested(levels))


def test_json_as_deep_as_anybody_needs_is_taken() -> None:
    assert loaded(nested(MAX_LEVELS)) == json.loads(nested(MAX_LEVELS))
    assert not is_too_deep({"a": [{"b": 1}, "[[[["]}, most=3)
    assert is_too_deep({"a": [{"b": {}}]}, most=3)


@pytest.mark.parametrize("levels", [100, 1_000, 100_000])
def test_rest_answers_a_problem(levels: int, api, teller) -> None:
    answer = api(teller).post("/api/v1/customers/", data=nested(levels), content_type="application/json")

    assert answer.status_code == 400
    assert "64 levels deep" in answer.json()["detail"]


def test_rest_refuses_what_is_larger_than_a_form_may_be(api, teller, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = api(teller).post("/api/v1/customers/", data=json.dumps(["x" * 200]), content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
