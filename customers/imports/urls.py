from django.urls import path

from customers.imports import views
from customers.imports.mapping import views as mapping

urlpatterns = [
    path("", views.ImportList.as_view(), name="imports"),
    path("new/", views.UploadPage.as_view(), name="import_add"),
    path("profiles/", mapping.ProfileList.as_view(), name="import_profiles"),
    path("profiles/<int:pk>/", mapping.ProfilePage.as_view(), name="import_profile"),
    path("profiles/<int:pk>/delete/", mapping.DeleteProfile.as_view(), name="import_profile_delete"),
    path("<int:pk>/", views.ImportPage.as_view(), name="import"),
    path("<int:pk>/mapping/", mapping.MappingPage.as_view(), name="import_mapping"),
    path("<int:pk>/progress/", views.ImportProgress.as_view(), name="import_progress"),
    path("<int:pk>/confirm/", views.ConfirmImport.as_view(), name="import_confirm"),
    path("<int:pk>/discard/", views.DiscardImport.as_view(), name="import_discard"),
    path("<int:pk>/errors.csv", views.ImportErrors.as_view(), name="import_errors"),
]
