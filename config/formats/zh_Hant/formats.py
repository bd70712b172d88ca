"""The same as in Simplified Chinese."""

from config.formats.zh_Hans.formats import *  # noqa: F403 - Django looks for them here
