"""One settings file: everything that differs between installations comes from the environment."""

from pathlib import Path

from environs import Env

env = Env()
ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("GIB_DATA_DIR", ROOT / "data")
DEMO = env.bool("GIB_DEMO", False)
DEBUG = env.bool("GIB_DEBUG", False)
TESTING = env.bool("GIB_TESTING", False)
SECURE = env.bool("GIB_SECURE", not (DEMO or TESTING or DEBUG))

SECRET_KEY_FILE = env.path("GIB_SECRET_KEY_FILE", DATA_DIR / "secret.key")
MASTER_KEY_FILE = env.path("GIB_MASTER_KEY_FILE", DATA_DIR / "master.key")
TOMBSTONE_FILE = env.path("GIB_TOMBSTONE_FILE", DATA_DIR / "tombstones")  # one more place for what was erased
SECRET_KEY = SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.exists() else "unset"
ALLOWED_HOSTS = env.list("GIB_HOSTS", ["localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("GIB_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "gib.core.vault",
    "gib.core.access",
    "gib.core.journal",
    "gib.core.ui",
    "gib.core.sheets",
    "gib.people.partners",
    "gib.people.accounts",
    "gib.people.families",
    "gib.people.volunteers",
    "gib.care.referral",
    "gib.care.intake",
    "gib.care.trajectory",
    "gib.care.products",
    "gib.care.aftercare",
    "gib.care.handover",
    "gib.insight.reporting",
    "gib.portal",
    # After ours, so that our templates are found first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "gib.portal.room.below",
    "gib.portal.health.before_all",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gib.core.journal.middleware.reading_log",
    "gib.people.accounts.middleware.Reader",
    "gib.people.accounts.lending.lent",
    "gib.people.families.middleware.emergency",
    "gib.core.ui.posting.again",
    "gib.core.access.middleware.Refuse",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_LOADERS = [
    "template_partials.loader.Loader",
    [
        (
            "django.template.loaders.cached.Loader",
            [
                "django_cotton.cotton_loader.Loader",
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        )
    ],
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gib.core.ui.context.page",
            ],
            "loaders": [("template_partials.loader.Loader", _LOADERS[1])],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "gib.core.ui.templatetags.gib",
            ],
        },
    }
]
FORM_RENDERER = "gib.core.ui.forms.Renderer"
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True
HELP_PHONE = env.str("GIB_HELP_PHONE", "")  # printed on the page that says the house is out of order


def _database(variable: str, file_name: str) -> dict[str, object]:
    url = env.str(variable, "")
    if url:
        found = env.dj_db_url(variable)
        found["ENGINE"] = "gib.core.access.backends.postgres"
        found |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        # On the disks of today a row out of turn costs hardly more than the next: a page goes by an index.
        kept = "-c statement_timeout=30000 -c lock_timeout=5000 -c random_page_cost=1.1"
        found["OPTIONS"] = {"options": kept}
        return dict(found)
    return {
        "ENGINE": "gib.core.access.backends.sqlite",
        "NAME": DATA_DIR / file_name,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            # Statements that are kept ready: an act or a page has hundreds of different ones.
            "cached_statements": 2048,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {
    "default": _database("GIB_DATABASE_URL", "gib.sqlite3"),
    "log": _database("GIB_LOG_DATABASE_URL", "log.sqlite3"),
    "keys": _database("GIB_KEYS_DATABASE_URL", "keys.sqlite3"),
}
DATABASE_ROUTERS = ["gib.core.vault.router.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
_BACKENDS = "gib.people.accounts.backends"
AUTHENTICATION_BACKENDS = [f"{_BACKENDS}.HouseBackend", *([f"{_BACKENDS}.DemoBackend"] if DEMO else [])]
PASSWORD_HASHERS = ["gib.people.accounts.hashers.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gib.people.accounts.validators.LengthValidator"},
    {"NAME": "gib.people.accounts.validators.ContextValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/inloggen/"
ACCOUNT_ADAPTER = "gib.people.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Guesses are slowed by our own table: it outlives a restart and locks nobody out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
_FORMS = "gib.people.accounts.forms.library"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignIn",
    "reauthenticate": f"{_FORMS}.PasswordAgain",
    "change_password": f"{_FORMS}.ChangePassword",
}
MFA_ADAPTER = "gib.people.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondFactor",
    "reauthenticate": f"{_FORMS}.SecondFactorAgain",
    "activate_totp": f"{_FORMS}.AddApp",
    "deactivate_totp": f"{_FORMS}.RemoveApp",
    "add_webauthn": f"{_FORMS}.AddKey",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("GIB_PROXIES", 0)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [ROOT / "gib" / "portal" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("GIB_STATIC_DIR", ROOT / "build" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-gib" if SECURE else "gib"
CSRF_COOKIE_NAME = "__Host-gib-csrf" if SECURE else "gib-csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["gib", "default"],
    }
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "gib_cache"}
    if not TESTING
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SITE_URL = env.str("GIB_SITE_URL", "http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str("GIB_MAIL_FROM", "bericht@localhost")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if mail_url := env.str("GIB_MAIL_URL", ""):
    vars().update(env.dj_email_url("GIB_MAIL_URL"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"no_values": {"()": "gib.core.journal.logs.NoValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "no_values"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers write what somebody typed, and what a fault says.
    "loggers": {"django": {"handlers": []}, "django.server": {"handlers": [], "propagate": True}},
}
