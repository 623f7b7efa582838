from django.urls import path

from service.clocks import views

urlpatterns = [
    path("service-levels/", views.ServiceLevelsPage.as_view(), name="service_levels"),
    path("service-levels/propose/", views.ProposeLevels.as_view(), name="service_levels_propose"),
    path("service-levels/<int:pk>/", views.ServiceLevelsVersion.as_view(), name="service_levels_version"),
    path("service-levels/<int:pk>/again/", views.ServiceLevelsRollback.as_view(), name="service_levels_rollback"),
]
