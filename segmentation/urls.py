from django.urls import path

from segmentation import views

urlpatterns = [
    path("tiers/", views.TiersPage.as_view(), name="tiers"),
    path("waiver-policies/", views.WaiverPoliciesPage.as_view(), name="waiver_policies"),
    path("waivers/", views.WaiverList.as_view(), name="waivers"),
    path("overrides/", views.OverrideList.as_view(), name="overrides"),
    path("overrides/<int:pk>/end/", views.EndOverride.as_view(), name="override_end"),
    path("customers/<int:pk>/override/", views.ProposeOverride.as_view(), name="customer_override"),
    path("customers/<int:pk>/why/", views.WhyPage.as_view(), name="customer_why"),
    path("customers/<int:pk>/decisions/", views.DecisionList.as_view(), name="customer_decisions"),
]
