"""Settings by environment. README.md has the table of the variables; production refuses to start without SECRET_KEY.

One flat list, longer than our other files, because a setting is looked up by searching one place.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from crm.base import logs
from crm.schedule import BEAT
from crm.schema_names import ENUM_NAMES

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
INSECURE_HTTP = env.bool("CRM_INSECURE_HTTP", default=DEBUG)

INSTALLED_APPS = [
    "crm.base.admin_config.ScopedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "django_htmx",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "axes",
    "pgtrigger",
    "pghistory",
    "django_celery_beat",
    "django_structlog",
    "django_prometheus",
    "crm.base",
    "crm.audit",
    "crm.identity",
    "crm.jobs",
    "crm.approvals",
    "customers",
    "segmentation",
    "managers",
    "service",
    "surveys",
    "crm",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "crm.base.middleware.RequestContext",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "csp.context_processors.nonce",
                "crm.base.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "crm.base.templatetags.frame"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "base/_table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("Any")

# servers
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///crm")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"application_name": "guibin", "connect_timeout": 10},
}
APP_DATABASE_ROLE = env.str("APP_DATABASE_ROLE", default="crm_app")
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
# what each process remembers for a minute, without a way to Redis
CACHES["local"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
SESSION_ENGINE = "crm.identity.sessions"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULE = BEAT
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# people
AUTH_USER_MODEL = "identity.User"
KNOX_TOKEN_MODEL = "identity.ApiToken"
REST_KNOX = {"TOKEN_TTL": timedelta(days=90), "AUTO_REFRESH": False}
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "crm.identity.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "home", "login"
CSRF_FAILURE_VIEW = "crm.base.pages.errors.csrf_failure"
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
# by name alone: a branch shares one address, and an attacker has many
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_LOCKOUT_TEMPLATE = "identity/locked_out.html"
AXES_RESET_ON_SUCCESS = True
SESSION_COOKIE_AGE = 12 * 3600
PASSWORD_RESET_TIMEOUT = 24 * 3600  # a link by which a person sets the first password
SESSION_COOKIE_HTTPONLY = True

# language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = CRM_TIME_ZONE = env.str("CRM_TIME_ZONE", default="Asia/Shanghai")

# static files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "crm.base.finders.NpmFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("UPLOADS_ROOT", default=str(BASE_DIR / "var" / "uploads"))},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.bool("CRM_PLAIN_STATIC", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS = 10 * 1024 * 1024, 20_000  # policies are one form

# safety on the wire
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("CRM_BEHIND_TLS_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# REST
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["crm.base.permissions.RoleAndScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["crm.base.parsing.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "crm.base.paging.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "crm.base.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Guibin",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "crm.base.openapi.describe"],
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# the bank
CRM_BRAND = env.str("CRM_BRAND", default="Guibin")
CRM_BASE_CURRENCY = env.str("CRM_BASE_CURRENCY", default="CNY")
CRM_HOME_COUNTRY = env.str("CRM_HOME_COUNTRY", default="CN")
CRM_HOLIDAYS, CRM_COMPLAINT_REGIME = env.str("CRM_HOLIDAYS", CRM_HOME_COUNTRY), env.str("CRM_COMPLAINT_REGIME", "cn")
CRM_CORE_URL, CRM_CORE_SECRETS = env.str("CRM_CORE_URL", ""), env.list("CRM_CORE_SECRETS", default=[])
CRM_FX_MAX_AGE, CRM_CORE_TIMEOUT = env.int("CRM_FX_MAX_AGE", 4), env.int("CRM_CORE_TIMEOUT", 10)
CRM_BOOK_CAPACITY, CRM_GIFT_CAP = env.int("CRM_BOOK_CAPACITY", 400), env.int("CRM_GIFT_CAP", 1000)
CRM_PARTITION_SIZE = env.int("CRM_PARTITION_SIZE", default=25_000)
CRM_MAX_PARTITIONS = env.int("CRM_MAX_PARTITIONS", default=32)
CRM_NIGHT_WORKERS = env.int("CRM_NIGHT_WORKERS", default=2)
CRM_LEASE_SECONDS = env.int("CRM_LEASE_SECONDS", default=120)
# until this hour a night waits for feeds that are not closed; then it runs, and no tier falls
CRM_NIGHT_WAITS_UNTIL = env.int("CRM_NIGHT_WAITS_UNTIL", default=6)
# who may read /metrics; without it only programs on this machine may, and none that a proxy sent
CRM_METRICS_TOKEN = env.str("CRM_METRICS_TOKEN", default="")
CRM_LOOKUPS_PER_HOUR = env.int("CRM_LOOKUPS_PER_HOUR", default=20)
CRM_MAX_UPLOAD_BYTES = env.int("CRM_MAX_UPLOAD_BYTES", default=512 * 1024 * 1024)
# "id:base64 key of 32 bytes" separated by commas; the first encrypts, all decrypt
CRM_ENCRYPTION_KEYS = env.str("CRM_ENCRYPTION_KEYS", default="")
# the key of the hashes by which encrypted contact data are found; changing it means hashing anew
CRM_HASH_KEY = env.str("CRM_HASH_KEY", default="")

LOGGING = logs.configure(env.str("LOG_LEVEL", default="WARNING"))
