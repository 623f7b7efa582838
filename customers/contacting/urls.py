from django.urls import path

from customers.contacting import views

urlpatterns = [
    path("customers/<int:pk>/assess/", views.AssessRisk.as_view(), name="customer_assess"),
    path("customers/<int:pk>/consent/", views.GiveConsent.as_view(), name="customer_consent"),
    path("customers/<int:pk>/flag/", views.RaiseFlag.as_view(), name="customer_flag"),
    path("consents/<int:pk>/withdraw/", views.WithdrawConsent.as_view(), name="consent_withdraw"),
    path("flags/<int:pk>/end/", views.EndFlag.as_view(), name="flag_end"),
]
