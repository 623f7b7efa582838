"""Sessions in the database, read through a prepared statement: every request reads one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from crm.base.prepared import Prepared, by_key

SESSIONS = Prepared(lambda: by_key(Session.objects.all()))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        for found in SESSIONS.rows([self.session_key]):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session
