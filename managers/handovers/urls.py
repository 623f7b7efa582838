from django.urls import path

from managers.handovers import views
from managers.handovers.wizard import HandBookOver

urlpatterns = [
    path("handovers/", views.HandoverList.as_view(), name="handovers"),
    path("handovers/<int:pk>/", views.HandoverPage.as_view(), name="handover"),
    path("managers/<int:pk>/handover/", HandBookOver.as_view(), name="manager_handover"),
    path("managers/<int:pk>/leaving/", views.RecordLeaving.as_view(), name="manager_leaving"),
    path("leavings/<int:pk>/call-off/", views.CallOffLeaving.as_view(), name="leaving_call_off"),
]
