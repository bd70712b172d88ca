"""Access to the pages of the admin that are not Django's own, and their frame."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PUBLISH = "archive.publish_conference"


def require_permission(request: HttpRequest, permission: str) -> User:
    """Who asks. Raises PermissionDenied unless that is a user who has `permission`."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(permission):
        raise PermissionDenied
    return user


def render_admin(
    request: HttpRequest, name: str, model: type[Model], context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page of `model` that the template admin/archive/`name`.html makes."""
    everywhere = {**admin.site.each_context(request), "opts": model._meta}
    return render(request, f"admin/archive/{name}.html", everywhere | context, status=status)
