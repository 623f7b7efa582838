from django.urls import path

from managers.prospects import views

urlpatterns = [
    path("prospects/", views.ProspectList.as_view(), name="prospects"),
    path("prospects/<int:pk>/", views.ProspectPage.as_view(), name="prospect"),
    path("prospects/<int:pk>/change/", views.ChangeProspect.as_view(), name="prospect_change"),
    path("prospects/<int:pk>/lose/", views.LoseProspect.as_view(), name="prospect_lose"),
    path("prospects/<int:pk>/convert/", views.ConvertProspect.as_view(), name="prospect_convert"),
    path("customers/<int:pk>/prospect/", views.NoteProspect.as_view(), name="prospect_add"),
]
