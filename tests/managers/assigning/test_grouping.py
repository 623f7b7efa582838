"""A run in shares: teams that share managers stay together, and the moves of a night are never more than its budget."""

from hypothesis import given, settings
from hypothesis import strategies as st

from managers.assigning.candidates import Staff
from managers.assigning.grouping import _joined, _shared

TEAMS = [("branch", 1), ("branch", 2), ("branch", 3), ("team", 1), ("team", 2)]


def test_teams_are_planned_together_that_share_a_manager_directly_or_through_others() -> None:
    staff = Staff(
        {}, {TEAMS[0]: frozenset({1}), TEAMS[3]: frozenset({1, 2}), TEAMS[1]: frozenset({2}), TEAMS[2]: frozenset({3})}
    )
    assert _joined(TEAMS, staff) == [[TEAMS[0], TEAMS[1], TEAMS[3]], [TEAMS[2]], [TEAMS[4]]]


@settings(max_examples=200)
@given(st.integers(0, 500), st.lists(st.integers(0, 9_999), max_size=30))
def test_shares_of_a_budget_are_its_sum_and_follow_the_sizes(budget, sizes) -> None:
    shares = _shared(budget, sizes)
    assert sum(shares) == (budget if sum(sizes) else 0)
    assert all(abs(share - budget * size / (sum(sizes) or 1)) < 1 for share, size in zip(shares, sizes, strict=True))
