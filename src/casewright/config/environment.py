"""What the environment must say before Casewright starts, read once and checked as a whole.

Everything that differs between one installation and another is an environment variable; nothing secret is in
a file of the project. A production start with something missing is refused with every fault named at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from casewright.config import ways
from casewright.foundation import patience

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
SCANNER = re.compile(r"[\w.-]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
# On a network: a machine that is gone is noticed within seconds, whoever waits for it. Seconds, and one count; the last
# in milliseconds. A server that lives and is only busy acknowledges all the while.
ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
SHORTEST_KEY = 40  # characters; a random key of letters and digits then has well over 200 bits


class ConfigurationError(Exception):
    """The environment does not allow a safe start; the message names each fault and its remedy."""


@dataclass(frozen=True, slots=True)
class SignOn:
    """The force's single sign-on (OpenID Connect): where it is and who we are there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    force_claim: str
    hosts: tuple[str, ...] = ()  # beside the issuer's own: where its keys and tokens are, if elsewhere
    second_proof: tuple[str, ...] = (
        "mfa",
    )  # the acr and amr by which it says that it asked two proofs (RFC 8176)


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation's environment, already checked."""

    database_url: str
    owner_database_url: str
    secret_key: str = field(repr=False)
    secret_key_before: str = field(repr=False)
    hosts: tuple[str, ...]
    demo: bool
    https: bool
    files: Path
    seals: Path
    scanner: str
    reference_data: Path | None
    assets: Path | None
    static_root: Path | None
    dvla_url: str
    log_level: str
    metrics_token: str = field(repr=False)
    pool_size: int
    mail: str
    mail_from: str
    breached_passwords: Path | None
    idle_minutes: int
    signed_in_hours: int
    second_factor: bool
    sign_on: SignOn | None


def read(environ: Mapping[str, str]) -> Installation:
    """Read and check the environment.

    :raises ConfigurationError: naming everything that is missing or wrong
    """
    faults: list[str] = []
    demo = _flag(environ, "CASEWRIGHT_DEMO", "no", faults)
    found = Installation(
        database_url=environ.get("DATABASE_URL", ""),
        owner_database_url=environ.get("CASEWRIGHT_OWNER_DATABASE_URL", "")
        or environ.get("DATABASE_URL", ""),
        secret_key=environ.get("CASEWRIGHT_SECRET_KEY", ""),
        secret_key_before=environ.get("CASEWRIGHT_SECRET_KEY_BEFORE", ""),
        hosts=_listed(environ.get("CASEWRIGHT_HOSTS", "localhost,127.0.0.1,[::1]" if demo else "")),
        demo=demo,
        https=_flag(environ, "CASEWRIGHT_HTTPS", "no" if demo else "yes", faults),
        files=Path(environ.get("CASEWRIGHT_FILES", "")),
        seals=Path(
            environ.get("CASEWRIGHT_SEALS") or Path(environ.get("CASEWRIGHT_FILES", "")).parent / "seals"
        ),
        scanner=environ.get("CASEWRIGHT_SCANNER", "none" if demo else ""),
        reference_data=_folder(environ.get("CASEWRIGHT_REFERENCE_DATA", "")),
        assets=_folder(environ.get("CASEWRIGHT_ASSETS", "")),
        static_root=_folder(environ.get("CASEWRIGHT_STATIC_ROOT", "")),
        dvla_url=environ.get("CASEWRIGHT_DVLA_URL", ""),
        metrics_token=environ.get("CASEWRIGHT_METRICS_TOKEN", ""),
        log_level=environ.get("CASEWRIGHT_LOG_LEVEL", "INFO").upper(),
        pool_size=_whole_number(environ, "CASEWRIGHT_POOL_SIZE", 8, faults),
        mail=environ.get("CASEWRIGHT_MAIL", "none" if demo else ""),
        mail_from=environ.get("CASEWRIGHT_MAIL_FROM", "casewright@localhost"),
        breached_passwords=_folder(environ.get("CASEWRIGHT_BREACHED_PASSWORDS", "")),
        idle_minutes=_whole_number(environ, "CASEWRIGHT_IDLE_MINUTES", 30, faults),
        signed_in_hours=_whole_number(environ, "CASEWRIGHT_SIGNED_IN_HOURS", 10, faults),
        second_factor=_flag(environ, "CASEWRIGHT_SECOND_FACTOR", "no" if demo else "yes", faults),
        sign_on=_sign_on(environ, faults),
    )
    faults += _faults(found, environ)
    if faults:
        raise ConfigurationError("Casewright cannot start: " + "; ".join(faults) + ".")
    return found


def _faults(found: Installation, environ: Mapping[str, str]) -> list[str]:
    """Each requirement the environment does not meet, as a clause with its remedy."""
    checks = (
        (bool(found.database_url), "DATABASE_URL is not set (postgresql://user:password@host/name)"),
        (
            len(found.secret_key) >= SHORTEST_KEY,
            f"CASEWRIGHT_SECRET_KEY must be random and at least {SHORTEST_KEY} characters long",
        ),
        (
            not found.secret_key_before
            or (len(found.secret_key_before) >= SHORTEST_KEY and found.secret_key_before != found.secret_key),
            "CASEWRIGHT_SECRET_KEY_BEFORE must be the whole key that was in force before this one",
        ),
        (
            not found.metrics_token or len(found.metrics_token) >= SHORTEST_KEY,
            f"CASEWRIGHT_METRICS_TOKEN must be random and at least {SHORTEST_KEY} characters long, or unset",
        ),
        (bool(found.hosts), "CASEWRIGHT_HOSTS must list the names the unit's browsers use"),
        ("*" not in found.hosts, "CASEWRIGHT_HOSTS may not be *"),
        (
            bool(environ.get("CASEWRIGHT_FILES")),
            "CASEWRIGHT_FILES must name the folder where documents are kept",
        ),
        (
            found.scanner == "none" or bool(SCANNER.fullmatch(found.scanner)),
            "CASEWRIGHT_SCANNER must be the virus scanner's host:port, or none (the health board shows it)",
        ),
        (
            bool(found.mail),
            "CASEWRIGHT_MAIL must be the mail server (smtp://user:password@host:port), a folder, or none",
        ),
        (
            found.breached_passwords is None or found.breached_passwords.is_file(),
            "CASEWRIGHT_BREACHED_PASSWORDS must name a file that is there (ordered lines of SHA-1:count)",
        ),
    )
    return [words for met, words in (*checks, *ways.safe(found)) if not met]


def _sign_on(environ: Mapping[str, str], faults: list[str]) -> SignOn | None:
    """Single sign-on, if it is set; it is set as a whole or not at all."""
    names = ("CASEWRIGHT_OIDC_ISSUER", "CASEWRIGHT_OIDC_CLIENT_ID", "CASEWRIGHT_OIDC_CLIENT_SECRET")
    said = [environ.get(name, "") for name in names]
    if not any(said):
        return None
    faults += [
        f"{name} is not set, but single sign-on is"
        for name, value in zip(names, said, strict=True)
        if not value
    ]
    issuer = urlsplit(said[0])
    if issuer.scheme != "https" and issuer.hostname not in {"localhost", "127.0.0.1"}:
        faults.append("CASEWRIGHT_OIDC_ISSUER must begin with https://")
    return SignOn(
        issuer=said[0],
        client_id=said[1],
        client_secret=said[2],
        name=environ.get("CASEWRIGHT_OIDC_NAME", "your force's account"),
        force_claim=environ.get("CASEWRIGHT_OIDC_FORCE_CLAIM", "force"),
        hosts=_listed(environ.get("CASEWRIGHT_OIDC_HOSTS", "")),
        second_proof=_listed(environ.get("CASEWRIGHT_OIDC_SECOND_PROOF", "mfa")),
    )


def mail(said: str) -> dict[str, object]:
    """Django's mail settings for a mail server's address, a folder, or none (then nothing is sent).

    A mail server on another machine is spoken to over TLS alone: from the first byte (smtps) or by STARTTLS (smtp).

    :raises ConfigurationError: if it is none of these
    """
    backends = "django.core.mail.backends"
    if said == "none":
        return {"EMAIL_BACKEND": f"{backends}.dummy.EmailBackend"}
    parts = urlsplit(said)
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return {
            "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and not ways.is_here(parts.hostname),
        }
    if Path(said).is_absolute():
        return {"EMAIL_BACKEND": f"{backends}.filebased.EmailBackend", "EMAIL_FILE_PATH": said}
    raise ConfigurationError(
        "Casewright cannot start: CASEWRIGHT_MAIL must begin with smtp://, be a folder or be none."
    )


def database(url: str, *, pool_size: int, application: str) -> dict[str, object]:
    """Django's database settings for a ``postgresql://`` address, with the connection pool.

    The host may be a socket folder, given percent-encoded or as ``?host=``. A pooled connection is tried
    before it is lent, so a restarted server costs no one a failed page.

    :raises ConfigurationError: if the address is not one of PostgreSQL
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ConfigurationError("Casewright cannot start: DATABASE_URL must begin with postgresql://.")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    options = ALIVE | options | {"application_name": application, "prepare_threshold": None}
    options |= {"connect_timeout": patience.CONNECT, "pool": _pool(pool_size)}
    return {
        "ENGINE": "casewright.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,  # the pool keeps connections; Django must not
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
    }


def _pool(size: int) -> dict[str, object]:
    """The pool's own settings.

    It tries by itself in ever longer steps only as long as a page waits: the next page then tries at once. Its own 300
    seconds would leave every page without a database for up to two minutes after it is back.
    """
    waits = {"timeout": patience.LENDING, "reconnect_timeout": patience.LENDING}
    return {
        "min_size": 1,
        "max_size": size,
        "max_idle": 300,
        "connection_class": patience.Connection,
        **waits,
    }


def _flag(environ: Mapping[str, str], name: str, default: str, faults: list[str]) -> bool:
    said = environ.get(name, default).strip().lower()
    if said not in YES | NO:
        faults.append(f"{name} must be 1 or 0, not {said!r}")
    return said in YES


def _whole_number(environ: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    said = environ.get(name, str(default))
    if said.isdecimal() and int(said) > 0:
        return int(said)
    faults.append(f"{name} must be a whole number above nought, not {said!r}")
    return default


def _listed(said: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in said.split(",") if each.strip())


def _folder(said: str) -> Path | None:
    return Path(said) if said else None
