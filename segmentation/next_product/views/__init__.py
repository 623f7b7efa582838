from segmentation.next_product.views.customer import AnswerList, AnswerProduct, WhyProduct
from segmentation.next_product.views.offers import ChangeOffer, OffersPage
from segmentation.next_product.views.results import ResultsPage

__all__ = ["AnswerList", "AnswerProduct", "ChangeOffer", "OffersPage", "ResultsPage", "WhyProduct"]
