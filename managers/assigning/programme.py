"""A linear programme in whole numbers, put together piece by piece and solved by HiGHS."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

INFINITY = np.inf
# HiGHS stops where its answer is proven to be as good but for a share: of the costs and of this, which is no cost
SCALE = 100.0
TOLERANCE = 1e-6


class NotSolved(Exception):
    """HiGHS found nothing within its time."""


class Programme:
    """Minimises the sum of variable x `first`, and among what is best by that, of variable x `cost`. Variables are at least 0."""

    def __init__(self) -> None:
        self._firsts: list[float] = []
        self._costs: list[float] = []
        self._most: list[float] = []
        self._is_whole: list[int] = []
        self._entries: list[tuple[int, int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self.row({self.variable(SCALE): 1.0}, low=1.0, high=1.0)

    def variable(self, cost: float = 0.0, most: float = INFINITY, *, first: float = 0.0, whole: bool = False) -> int:
        self._firsts.append(first)
        self._costs.append(cost)
        self._most.append(most)
        self._is_whole.append(int(whole))
        return len(self._costs) - 1

    def row(self, factors: Mapping[int, float], low: float = -INFINITY, high: float = INFINITY) -> None:
        """`low` <= sum of variable x factor <= `high`."""
        self._entries.extend((len(self._low), variable, factor) for variable, factor in factors.items())
        self._low.append(low)
        self._high.append(high)

    def solve(self, *, seconds: float, gap: float = 0.0) -> list[float]:
        """The values of the variables, those that are whole as whole numbers. Raises NotSolved."""
        if any(self._firsts):
            best = float(np.dot(self._firsts, self._solved(self._firsts, seconds, 0.0)))
            self.row({n: first for n, first in enumerate(self._firsts) if first}, high=best + TOLERANCE)
        found = self._solved(self._costs, seconds, gap)
        return [float(round(value)) if whole else value for value, whole in zip(found, self._is_whole, strict=True)]

    def _solved(self, costs: list[float], seconds: float, gap: float) -> list[float]:
        rows, columns, factors = zip(*self._entries, strict=True)
        matrix = coo_array((factors, (rows, columns)), shape=(len(self._low), len(self._costs)))
        for presolve in (True, False):  # HiGHS stumbles now and then over what it made simpler itself
            found = milp(
                np.array(costs),
                integrality=np.array(self._is_whole),
                bounds=Bounds(0, np.array(self._most)),
                constraints=LinearConstraint(matrix.tocsr(), self._low, self._high),
                options={"time_limit": seconds, "mip_rel_gap": gap, "presolve": presolve},
            )
            if found.x is not None:
                return list(map(float, found.x))
        raise NotSolved(found.message)
