from django.urls import path

from segmentation.next_product import views

urlpatterns = [
    path("product-offers/", views.OffersPage.as_view(), name="product_offers"),
    path("product-offers/<int:pk>/change/", views.ChangeOffer.as_view(), name="product_offer_change"),
    path("product-answers/", views.AnswerList.as_view(), name="product_answers"),
    path("next-products/", views.ResultsPage.as_view(), name="next_products"),
    path("next-products/<int:pk>/answer/", views.AnswerProduct.as_view(), name="next_product_answer"),
    path("customers/<int:pk>/next-products/", views.WhyProduct.as_view(), name="customer_next_products"),
]
