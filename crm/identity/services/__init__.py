"""Verbs on people, branches, reach, tokens and alerts."""

from crm.identity.services.alerts import UNREAD, mark_read, notify
from crm.identity.services.branches import save_branch
from crm.identity.services.reach import end_reach, grant_reach
from crm.identity.services.tokens import issue_token
from crm.identity.services.users import (
    change_language,
    change_password,
    change_user,
    first_password_path,
    open_account,
    reset_login,
)

__all__ = [
    "UNREAD",
    "change_language",
    "change_password",
    "change_user",
    "end_reach",
    "first_password_path",
    "grant_reach",
    "issue_token",
    "mark_read",
    "notify",
    "open_account",
    "reset_login",
    "save_branch",
]
