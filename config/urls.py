"""Every address of the site. The only place that names all apps."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    # Before the admin, which takes every address below it.
    path("admin/", include("staff.urls")),
    path("admin/", admin.site.urls),
    path("search/", include("search.urls")),
    path("", include("archive.urls")),
]

handler500 = "archive.views.errors.server_error_page"
