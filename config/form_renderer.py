"""The form renderer: a page may have a hundred widgets, and Jinja2 compiles its templates."""

from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2

_OURS = "django/forms/"  # Django has these in both languages


class FormRenderer(Jinja2):
    """Django's own widgets in Jinja2; those of its admin are only there in Django's language."""

    def __init__(self) -> None:
        self._others = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(_OURS):
            return super().get_template(template_name)
        return self._others.get_template(template_name)
