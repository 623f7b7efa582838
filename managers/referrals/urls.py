from django.urls import path

from managers.referrals import views

urlpatterns = [
    path("referrals/", views.ReferralList.as_view(), name="referrals"),
    path("referrals/<int:pk>/answer/", views.AnswerReferral.as_view(), name="referral_answer"),
    path("customers/<int:pk>/refer/", views.ReferCustomer.as_view(), name="referral_add"),
]
