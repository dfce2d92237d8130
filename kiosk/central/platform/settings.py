"""Settings of central, from its state folder and the environment; importable before set-up."""

import secrets
import sys

from kiosk import places
from kiosk.central.platform import databases, deployment
from kiosk.central.platform.crowd import is_no_put_off
from kiosk.central.platform.deployment import LOOPBACK

HOME = places.central_home()
DEPLOYMENT = deployment.read(HOME)
"""What the technician has set."""

SECRET_KEY = deployment.secret_key(HOME) or secrets.token_urlsafe(50)
"""Before set-up a passing one, so that nothing is ever signed with a known key."""
DEBUG = False
ALLOWED_HOSTS = [*LOOPBACK, *DEPLOYMENT.hosts]
ROOT_URLCONF = "kiosk.central.run.urls"
WSGI_APPLICATION = "kiosk.central.run.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

INSTALLED_APPS = [
    "kiosk.central.staff.stock_admin.StockAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "kiosk.central.devices",
    "kiosk.central.tenants",
    "kiosk.central.events",
    "kiosk.central.submissions",
    "kiosk.central.programme",
    "kiosk.central.notifications",
    "kiosk.central.seats",
    "kiosk.central.figures",
    "kiosk.central.boards",
    "kiosk.central.guide",
    "kiosk.central.questionnaires",
    "kiosk.central.generations",
    "kiosk.central.staff",
]
MIDDLEWARE = [
    "kiosk.central.platform.crowd.put_off",
    "kiosk.central.run.keeping_watch.look_now_and_then",
    "kiosk.central.platform.headers.behind_proxy",
    "django.middleware.security.SecurityMiddleware",
    "kiosk.central.platform.headers.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kiosk.central.staff.access.within_library",
    "kiosk.central.run.limits.no_larger",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "kiosk.central.staff.above.page_above",
    "kiosk.central.platform.cleaning.text_is_text",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [places.CENTRAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": databases.as_django(DEPLOYMENT.database, HOME)}

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kiosk.central.tenants.backend.EveryLibrary",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "front"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
"""Hours: a quarter, long for a guesser and short for a librarian."""
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "kiosk.central.staff.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
"""It would show log-ins of every library."""

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEPLOYMENT.plain
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kiosk.central.staff.accounts.views.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEPLOYMENT.plain else 30 * 86400
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DEPLOYMENT.proxy else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

STATIC_URL = "/static/"
STATICFILES_DIRS = [places.CENTRAL / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [places.LOCALE]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "kiosk.problems.traces.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {"failures": {"()": "django.utils.log.CallbackFilter", "callback": is_no_put_off}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["failures"]},
        "django.security": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        "waitress": {"level": "ERROR"},
    },
}
