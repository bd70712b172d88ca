"""Every address of the site. The only place that names all apps."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # /healthz and /readyz are answered before any address is looked up: config/hosts.py.
    # Before the admin, which takes every address below it.
    path("admin/", include("staff.urls")),
    path("admin/", admin.site.urls),
    path("search/", include("search.urls")),
    path("", include("archive.urls")),
]

handler400 = "config.hosts.bad_request_page"
handler500 = "archive.views.errors.server_error_page"
