"""Django's settings, all taken from the checked environment (see ``environment.py``)."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from casewright.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent

INSTALLATION = environment.read(os.environ)
CASEWRIGHT_DEMO = INSTALLATION.demo
CASEWRIGHT_FILES = INSTALLATION.files
CASEWRIGHT_SEALS = INSTALLATION.seals
CASEWRIGHT_SCANNER = INSTALLATION.scanner
CASEWRIGHT_REFERENCE_DATA = INSTALLATION.reference_data
CASEWRIGHT_METRICS_TOKEN = INSTALLATION.metrics_token
CASEWRIGHT_DVLA_URL = INSTALLATION.dvla_url

# Which interface plays which role; flows ask for the role, never for the module.
CASEWRIGHT_INTERFACES = {
    "cameras": "casewright.interfaces.cameras.file",
    "crash": "casewright.interfaces.crash.mapping",
    "scanner": "casewright.interfaces.clamd.live",
    "dvla": "casewright.interfaces.dvla.mapping",
    "trial_detections": "casewright.interfaces.cameras.generator",
}

SECRET_KEY = INSTALLATION.secret_key
# While a key is changed: what the one before signed or sealed is still read; nothing new is made with it.
SECRET_KEY_FALLBACKS = [INSTALLATION.secret_key_before] if INSTALLATION.secret_key_before else []
ALLOWED_HOSTS = list(INSTALLATION.hosts)
DEBUG = False

# From the ground up, in the order of the layers.
FOUNDATION = (
    "reference",
    "policy",
    "people",
    "parties",
    "matters",
    "journal",
    "documents",
    "messages",
    "runs",
)
AREAS = ("deadlines", "tasks", "decisions", "traffic", "collisions")
OUR_APPS = [f"casewright.foundation.{name}" for name in FOUNDATION] + [
    f"casewright.areas.{name}" for name in AREAS
]

# Django's messages are used by their middleware alone: the application's label would be that of our own
# messages.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    *[name for name in OUR_APPS if find_spec(name)],
]
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["casewright.foundation.people.backends.StillHere"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": environment.database(
        INSTALLATION.database_url, pool_size=INSTALLATION.pool_size, application="casewright"
    )
}

MIDDLEWARE = [
    "casewright.web.away.waits_as_a_page_does",
    "django.middleware.security.SecurityMiddleware",
    "casewright.config.headers.strict_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "casewright.web.wrong_method.say_it_is_no_page",
]
ROOT_URLCONF = "casewright.config.urls"
WSGI_APPLICATION = "casewright.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "casewright.web.environment.environment"},
    }
]

# Moments are stored in UTC; people see London, where the law counts its days.
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
ASSETS = next(
    (
        each
        for each in (INSTALLATION.assets, PACKAGE / "assets", CHECKOUT / "var" / "assets")
        if each and each.is_dir()
    ),
    None,
)
STATICFILES_DIRS = [PACKAGE / "web" / "static", *([("vendor", ASSETS)] if ASSETS else [])]
STATIC_ROOT = INSTALLATION.static_root
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": INSTALLATION.files},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "casewright.foundation.people.passwords.NotTooLong"},
    {"NAME": "casewright.foundation.people.passwords.NotOfTheHouse"},
    {"NAME": "casewright.foundation.people.passwords.NotBreached"},
]
CASEWRIGHT_BREACHED_PASSWORDS = INSTALLATION.breached_passwords
CASEWRIGHT_SECOND_FACTOR = INSTALLATION.second_factor
CASEWRIGHT_SIGN_ON = INSTALLATION.sign_on

# A session ends by its own times, which the database keeps; the cookie outlives them, so that what was typed into the
# last page can be kept for the same person. A demonstration keeps its one-time links' sessions for a week.
CASEWRIGHT_IDLE = None if CASEWRIGHT_DEMO else timedelta(minutes=INSTALLATION.idle_minutes)
CASEWRIGHT_SIGNED_IN_AT_MOST = None if CASEWRIGHT_DEMO else timedelta(hours=INSTALLATION.signed_in_hours)
CASEWRIGHT_PROVED_FOR = timedelta(minutes=10)
SESSION_ENGINE = "casewright.foundation.people.sessions"
SESSION_COOKIE_AGE = 7 * 24 * 3600
_HOST = "__Host-" if INSTALLATION.https else ""  # bound to this very host, over https only (ASVS 5.0 3.3.3)
SESSION_COOKIE_NAME = f"{_HOST}casewright_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = f"{_HOST}casewright_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = INSTALLATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if INSTALLATION.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if INSTALLATION.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = INSTALLATION.https
SECURE_REDIRECT_EXEMPT = [r"^-/"]  # a watching machine asks without the proxy in front
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "casewright.web.stale_form.say_it_is_stale"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

globals().update(environment.mail(INSTALLATION.mail))
DEFAULT_FROM_EMAIL = INSTALLATION.mail_from
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs delays nobody for longer

# Uploads larger than 1 MB go to disk, never into memory; the door that takes them sets its own upper limit.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "casewright.web.uploads.InQuarantine",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "casewright.config.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": INSTALLATION.log_level},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "pikepdf": {"handlers": [], "level": "WARNING", "propagate": True},
        "casewright": {"handlers": [], "level": INSTALLATION.log_level, "propagate": True},
    },
}
