"""Dawen's settings. Everything that differs between machines comes from the environment;
docs/deployment.md lists the variables."""

import os
from pathlib import Path

import dj_database_url

from config import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DAWEN_DATA") or BASE_DIR / "var").resolve()

DEBUG = environment.flag("DAWEN_DEBUG", default=False)
SECRET_KEY = environment.secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.words(
    "DAWEN_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = environment.words("DAWEN_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "archive.apps.DeskConfig",  # Django's admin, with a front page of ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "auditlog",
    "haystack",
    "archive",
    "search",
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # For pages that cannot tell beforehand whether they changed: an ETag made of the whole answer.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "archive.audit.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archive.due.publish_when_due",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.languages.versions",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'dawen.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE a read that turns into a write fails with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = os.environ.get("DAWEN_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.styles.StylesFinder",
]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# An uploaded transcript; a day's conference is some 100 kB of text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

# How often a process looks for drafts whose time to be published has come, when somebody reads.
PUBLISH_DUE_SECONDS: int | None = 30

# The record of changes names people and the rows they changed, never an address.
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_CID_HEADER = None
AUDITLOG_USE_FK_STRING_REPRESENTATION = True

# jieba keeps a marshalled dictionary; in the shared temporary folder anybody could replace it.
JIEBA_CACHE_DIR = DATA_DIR / "cache"
INDEX_LOCK_SECONDS = 10
# A change that waits longer than this for the index is told by /readyz.
INDEX_QUEUE_SECONDS = 60
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "search.engine.backend.DawenEngine",
        "PATH": str(DATA_DIR / "index"),
        "SILENTLY_FAIL": False,
    }
}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

# Behind HTTPS everything is marked secure; `make run` serves plain HTTP on this machine only.
_HTTPS = environment.flag("DAWEN_HTTPS", default=False)
SECURE_SSL_REDIRECT = _HTTPS
# Asked by the machine itself, behind whatever speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = environment.number("DAWEN_HSTS_SECONDS", default=31_536_000) if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "admin:login"

LOGGING = logs.configuration(
    level=os.environ.get("DAWEN_LOG_LEVEL", "WARNING").upper(),
    form=environment.choice("DAWEN_LOG_FORMAT", ["plain", "json"]),
)
