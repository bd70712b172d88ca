"""Dawen's settings. Everything that differs between machines comes from the environment;
docs/deployment.md lists the variables."""

from pathlib import Path

from archive.maintenance.database_options import add_options
from config import environment, logs
from config.mail import *  # noqa: F403 - they are settings too
from config.security import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.read_folder("DAWEN_DATA", default=BASE_DIR / "var")

DEBUG = environment.read_flag("DAWEN_DEBUG", default=False)
SECRET_KEY = environment.read_secret_key("DAWEN_SECRET_KEY", DATA_DIR)
ALLOWED_HOSTS = environment.read_hosts(
    "DAWEN_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = environment.read_origins("DAWEN_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "archive.apps.DeskConfig",  # Django's admin, with a front page of ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "auditlog",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "haystack",
    "archive",
    "search",
    "staff",
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    "config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.hosts.HostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    # For pages that cannot tell beforehand whether they changed: an ETag made of the whole answer.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "archive.audit.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.rates.RateMiddleware",
    "staff.middleware.SecondStepMiddleware",
    "staff.middleware.CarriedFormMiddleware",
    "axes.middleware.AxesMiddleware",
    "archive.middleware.publish_when_due",
    "archive.middleware.limit_waits",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "config.languages.language_versions",
]
TEMPLATES = [
    {  # templates/admin, for editors
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
    {  # templates/site, for readers
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
]
FORM_RENDERER = "config.form_renderer.FormRenderer"

DATABASES = {
    "default": add_options(
        environment.read_database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'dawen.sqlite3'}")
    )
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
TIME_ZONE = environment.read_time_zone("DAWEN_TIME_ZONE", default="Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.styles.JoinedStaticFilesStorage"
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

_LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _LOCAL, "LOCATION": "default"},
    # Made for one reader, sent to the next, by whichever process: some 30 kB each, compressed.
    "pages": {
        "BACKEND": "archive.http_cache.backend.PageCache",
        "LOCATION": DATA_DIR / "cache" / "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 6000},
    },
    # The recurring words of outlets and speakers: some kilobytes each.
    "words": {
        "BACKEND": _LOCAL,
        "LOCATION": "words",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    # Transcripts as they were read, for those who work at them: some megabytes each.
    "files": {"BACKEND": _LOCAL, "LOCATION": "files", "OPTIONS": {"MAX_ENTRIES": 12}},
}

# jieba keeps a marshalled dictionary; in the shared temporary folder anybody could replace it.
JIEBA_CACHE_DIR = DATA_DIR / "cache"
INDEX_LOCK_SECONDS = 10
# A run of many changes that lasts longer has a process beside it that indexes them; None: none.
INDEX_FOLLOWS_AFTER: int | None = 10
# A change that waits longer than this for the index is told by /readyz.
INDEX_QUEUE_SECONDS = 60
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "search.engine.whoosh.backend.DawenEngine",
        "PATH": str(DATA_DIR / "index"),
        "SILENTLY_FAIL": False,
    }
}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

LOGGING = logs.logging_config(
    level=environment.read_choice("DAWEN_LOG_LEVEL", environment.LOG_LEVELS),
    form=environment.read_choice("DAWEN_LOG_FORMAT", ["plain", "json"]),
)
