from django.urls import path

from customers.privacy import exports, views

urlpatterns = [
    path("subject-exports/", exports.ExportList.as_view(), name="subject_exports"),
    path("subject-exports/<int:pk>/", exports.ExportPage.as_view(), name="subject_export"),
    path("subject-exports/<int:pk>/progress/", exports.ExportProgress.as_view(), name="subject_export_progress"),
    path("subject-exports/<int:pk>/file.<slug:kind>", exports.ExportFile.as_view(), name="subject_export_file"),
    path("erasures/", views.ErasureList.as_view(), name="erasures"),
    path("erasures/<int:pk>/", views.ErasurePage.as_view(), name="erasure"),
    path("erasures/<int:pk>/propose/", views.ProposeErasure.as_view(), name="erasure_propose"),
    path("erasures/<int:pk>/refuse/", views.RefuseErasure.as_view(), name="erasure_refuse"),
    path("erasures/<int:pk>/sealed/", views.OpenSealed.as_view(), name="erasure_sealed"),
    path("customers/<int:pk>/subject-export/", exports.AskExport.as_view(), name="customer_subject_export"),
    path("customers/<int:pk>/erasure/", views.AskErasure.as_view(), name="customer_erasure"),
]
