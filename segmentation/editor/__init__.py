"""Policies of every kind as forms: what they post is the content of a policy file.

A key that a scheme, a tier or a line learns is one more `Field` in fields.py; `SchemeForm` and `WaiverForm` do the rest.
"""

from segmentation.editor.assigning import AssigningForm
from segmentation.editor.change import ChangeForm
from segmentation.editor.offer import OfferForm
from segmentation.editor.scheme import SchemeForm
from segmentation.editor.segment import SegmentForm
from segmentation.editor.standards import StandardsForm
from segmentation.editor.value import ValueForm
from segmentation.editor.waivers import WaiverForm

Form = SchemeForm | WaiverForm | SegmentForm | StandardsForm | OfferForm | ValueForm | ChangeForm | AssigningForm
FORMS: dict[str, type[Form]] = {
    "tier_scheme": SchemeForm,
    "waiver_policy": WaiverForm,
    "segment": SegmentForm,
    "service_standards": StandardsForm,
    "product_offer": OfferForm,
    "value": ValueForm,
    "change_rule": ChangeForm,
    "assignment_policy": AssigningForm,
}

__all__ = [
    "FORMS",
    "AssigningForm",
    "ChangeForm",
    "Form",
    "OfferForm",
    "SchemeForm",
    "SegmentForm",
    "StandardsForm",
    "ValueForm",
    "WaiverForm",
]
