from django.urls import path

from customers.kyc import intervals, views

urlpatterns = [
    path("kyc-reviews/", views.KycReviewList.as_view(), name="kyc_reviews"),
    path("kyc-reviews/<int:pk>/", views.KycReviewPage.as_view(), name="kyc_review"),
    path("kyc-reviews/<int:pk>/begin/", views.BeginReview.as_view(), name="kyc_begin"),
    path("kyc-intervals/", intervals.KycIntervalList.as_view(), name="kyc_intervals"),
    path("kyc-intervals/<int:pk>/", intervals.ProposeInterval.as_view(), name="kyc_interval"),
    path("kyc-cases/<int:pk>/end/", views.EndCase.as_view(), name="kyc_case_end"),
    path("customers/<int:pk>/kyc/rate/", views.RateCustomer.as_view(), name="kyc_rate"),
    path("customers/<int:pk>/kyc/lower/", views.ProposeLower.as_view(), name="kyc_lower"),
]
