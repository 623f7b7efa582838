from django.urls import include, path

urlpatterns = [path("", include("service.clocks.urls"))]
