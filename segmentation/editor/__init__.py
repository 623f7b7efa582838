"""Tier schemes, waiver policies, segments and service standards as forms. What they post is the content of a policy file, and nothing else.

A key that a scheme, a tier or a line learns is one more `Field` in fields.py; `SchemeForm` and `WaiverForm` do the rest.
"""

from segmentation.editor.scheme import SchemeForm
from segmentation.editor.segment import SegmentForm
from segmentation.editor.standards import StandardsForm
from segmentation.editor.waivers import WaiverForm

Form = SchemeForm | WaiverForm | SegmentForm | StandardsForm
FORMS: dict[str, type[Form]] = {
    "tier_scheme": SchemeForm,
    "waiver_policy": WaiverForm,
    "segment": SegmentForm,
    "service_standards": StandardsForm,
}

__all__ = ["FORMS", "Form", "SchemeForm", "SegmentForm", "StandardsForm", "WaiverForm"]
