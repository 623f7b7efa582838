"""Tier schemes, waiver policies, segments, service standards and product offers as forms: what they post is the content of a policy file.

A key that a scheme, a tier or a line learns is one more `Field` in fields.py; `SchemeForm` and `WaiverForm` do the rest.
"""

from segmentation.editor.offer import OfferForm
from segmentation.editor.scheme import SchemeForm
from segmentation.editor.segment import SegmentForm
from segmentation.editor.standards import StandardsForm
from segmentation.editor.waivers import WaiverForm

Form = SchemeForm | WaiverForm | SegmentForm | StandardsForm | OfferForm
FORMS: dict[str, type[Form]] = {
    "tier_scheme": SchemeForm,
    "waiver_policy": WaiverForm,
    "segment": SegmentForm,
    "service_standards": StandardsForm,
    "product_offer": OfferForm,
}

__all__ = ["FORMS", "Form", "OfferForm", "SchemeForm", "SegmentForm", "StandardsForm", "WaiverForm"]
