"""The settings that keep people out and pages harmless. docs/threat-model.md says against whom."""

import datetime as dt

from csp.constants import NONE, SELF

from config import environment

# Behind HTTPS everything is marked secure; `make run` serves plain HTTP on this machine only.
HTTPS = environment.read_flag("DAWEN_HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
# Asked by the machine itself, behind whatever speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = (
    environment.read_number("DAWEN_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Addresses carry what somebody looked for; another site gets the name of this one at most.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _UNUSED)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}

# One form with its files: some transcripts of the largest kind that is read.
LARGEST_REQUEST = 1024 * 1024 * environment.read_number("DAWEN_UPLOAD_MB", default=100, least=1)
FILE_UPLOAD_HANDLERS = [
    "config.uploads.SizeHandler",
    "config.uploads.NamesHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Only staff ever gets a cookie. __Host-: of this host alone, on HTTPS alone, for all its paths.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = (
    60 * 60 * environment.read_number("DAWEN_SESSION_HOURS", default=12, least=1, most=10_000)
)
SESSION_EXPIRE_AT_BROWSER_CLOSE = environment.read_flag("DAWEN_SESSION_CLOSES", default=False)
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser is closed
# The other storage writes a cookie of a name of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# How many servers stand in front, each adding to X-Forwarded-For who called it.
PROXIES = environment.read_number("DAWEN_PROXIES", default=0, most=100)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# Of one name from one address: nobody can lock somebody else out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "config.client_address.client_network"
AXES_LOCKOUT_CALLABLE = "staff.locks.locked_out"
# No address is kept but that of a failure, which a log-in after the cooling off removes.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "digits", "recovery", "carried"]
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Dawen"
OTP_TOTP_THROTTLE_FACTOR = 1
OTP_STATIC_THROTTLE_FACTOR = 1
REQUIRE_TOTP = environment.read_flag("DAWEN_REQUIRE_TOTP", default=False)

# How often one address may ask, in each process: with two of them it may be twice as often.
RATES = {
    "search": environment.read_rate("DAWEN_RATE_SEARCH", default="300/minute"),
    "suggest": environment.read_rate("DAWEN_RATE_SUGGEST", default="600/minute"),
    "export": environment.read_rate("DAWEN_RATE_EXPORT", default="120/minute"),
    "report": environment.read_rate("DAWEN_RATE_REPORT", default="10/hour"),
    "login": environment.read_rate("DAWEN_RATE_LOGIN", default="20/minute"),
    "reset": environment.read_rate("DAWEN_RATE_RESET", default="5/hour"),
}
