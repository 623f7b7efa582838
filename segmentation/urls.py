from django.urls import path

from segmentation import views
from segmentation.migration.views import MigrationPage, MovedList
from segmentation.safety.views import HeldBackList, HeldNight

urlpatterns = [
    path("tiers/", views.TiersPage.as_view(), name="tiers"),
    path("waiver-policies/", views.WaiverPoliciesPage.as_view(), name="waiver_policies"),
    path("waivers/", views.WaiverList.as_view(), name="waivers"),
    path("held-back/", HeldBackList.as_view(), name="held_back"),
    path("held-back/<int:pk>/", HeldNight.as_view(), name="held_night"),
    path("tier-migration/", MigrationPage.as_view(), name="tier_migration"),
    path("tier-migration/customers/", MovedList.as_view(), name="tier_migration_customers"),
    path("customers/<int:pk>/why/", views.WhyPage.as_view(), name="customer_why"),
    path("customers/<int:pk>/decisions/", views.DecisionsPage.as_view(), name="customer_decisions"),
    path("customers/<int:pk>/letter/", views.LetterPage.as_view(), name="customer_letter"),
]
