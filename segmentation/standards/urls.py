from django.urls import path

from segmentation.standards import views

urlpatterns = [
    path("service-standards/", views.StandardsPage.as_view(), name="service_standards"),
    path("service-standards/report/", views.BenefitReport.as_view(), name="benefit_report"),
    path("service-standards/<int:pk>/", views.StandardVersionPage.as_view(), name="service_standard"),
    path("service-standards/<int:pk>/again/", views.StandardRollback.as_view(), name="standard_rollback"),
    path("entitlement-uses/", views.UseList.as_view(), name="entitlement_uses"),
    path("entitlement-uses/<int:pk>/undo/", views.UndoUse.as_view(), name="entitlement_use_undo"),
    path("entitlement-overrides/", views.EntitlementOverrideList.as_view(), name="entitlement_overrides"),
    path(
        "entitlement-overrides/<int:pk>/end/", views.EndEntitlementOverride.as_view(), name="entitlement_override_end"
    ),
    path("gold-cards/", views.GoldCardList.as_view(), name="gold_cards"),
    path("customers/<int:pk>/entitlements/", views.CustomerEntitlements.as_view(), name="customer_entitlements"),
    path("customers/<int:pk>/entitlements/use/", views.RecordUse.as_view(), name="customer_use"),
    path(
        "customers/<int:pk>/entitlements/override/",
        views.ProposeEntitlementOverride.as_view(),
        name="customer_entitlement_override",
    ),
    path("customers/<int:pk>/gold-card/lost/", views.ReportLost.as_view(), name="gold_card_lost"),
    path("customers/<int:pk>/gold-card/resume/", views.ResumeCard.as_view(), name="gold_card_resume"),
]
