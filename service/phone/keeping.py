"""What is said in calls and why people call: kept by admins. A script has versions; a reason that is no longer used stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from service.models import CallReason, CallScript


@transaction.atomic
def keep_script(
    *, moment: str, text_en: str, text_zh: str, by: User, at: datetime, number: int | None = None
) -> CallScript:
    """The next version of what is said at the moment; `number` is the version that was read, 0 for none. Raises RuleBroken."""
    if moment not in CallScript.Moment.values:
        raise RuleBroken(_("There is no such moment of a call."), field="moment")
    for field, text in (("text_en", text_en), ("text_zh", text_zh)):
        if not text.strip():
            raise RuleBroken(_("A script is in both languages."), field=field, code="required")
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    last = CallScript.objects.filter(moment=moment).aggregate(last=Max("number"))["last"] or 0
    if number is not None and number != last:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code="stale")
    made = CallScript.objects.create(
        moment=moment, number=last + 1, text_en=text_en.strip(), text_zh=text_zh.strip(), written_by=by, written_at=at
    )
    audit.record("call_script.kept", made, by=by, moment=moment, number=made.number)
    return made


@transaction.atomic
def keep_reason(*, code: str, name: str, is_used: bool, by: User, reason: CallReason | None = None) -> CallReason:
    """A new one, or this one changed; its code stays. Raises RuleBroken."""
    others = CallReason.objects.exclude(pk=reason.pk) if reason else CallReason.objects.all()
    for field, value in (("code", code), ("name", name)):
        if others.filter(**{field: value}).exists():
            raise RuleBroken(_("There is a reason “%(name)s” already.") % {"name": value}, field=field)
    reason = reason or CallReason(code=code)
    reason.name, reason.is_used = name, is_used
    reason.save()
    audit.record("call_reason.kept", reason, by=by, code=reason.code, is_used=is_used)
    return reason
