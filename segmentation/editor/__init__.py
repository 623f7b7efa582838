"""Tier schemes and waiver policies as forms. What they post is the content of a policy file, and nothing else.

A key that a scheme, a tier or a line learns is one more `Field` in fields.py; `SchemeForm` and `WaiverForm` do the rest.
"""

from segmentation.editor.scheme import SchemeForm
from segmentation.editor.waivers import WaiverForm

FORMS: dict[str, type[SchemeForm] | type[WaiverForm]] = {"tier_scheme": SchemeForm, "waiver_policy": WaiverForm}

__all__ = ["FORMS", "SchemeForm", "WaiverForm"]
