"""The kinds of proposals about people: a role, reach, a login, and a branch's place in the tree.

Content names people and branches by user name and code: `{"username", "name", "role", "branch"}` for "role" (an account
that is not there is opened), `{"username", "owner" | "branch", "until"}` for "reach", `{"username"}` for "login_reset",
`{"code", "parent"}` for "branch".
"""

from crm.approvals.people.branches import BRANCH
from crm.approvals.people.logins import LOGIN_RESET
from crm.approvals.people.mandates import covers
from crm.approvals.people.reach import REACH
from crm.approvals.people.roles import ROLE

KINDS = (ROLE, REACH, LOGIN_RESET, BRANCH)

__all__ = ["BRANCH", "KINDS", "LOGIN_RESET", "REACH", "ROLE", "covers"]
