"""The offer of a product in a form: which product, to whom, and the rule that somebody must meet."""

from segmentation.editor import fields
from segmentation.editor.problems import Wrong, offer_problems
from segmentation.editor.ruled import RuledForm
from segmentation.rules import Purpose


class OfferForm(RuledForm):
    path = "product_offer"
    fields = fields.SUGGESTED
    purpose = Purpose.OFFER
    is_optional = True

    def wrong(self) -> Wrong:
        return offer_problems(self.content)
