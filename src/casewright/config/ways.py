"""What must hold of the ways to other machines, outside a demonstration: encrypted, proved, no password that stays."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PROVING = {"verify-ca", "verify-full"}  # ways of asking PostgreSQL that prove which server answers
UNPROVED = (
    "leads over the network without a proof of whom it reaches: add ?sslmode=verify-full (or verify-ca)"
)
UNCHANGING = (
    "leads over the network with a password in the environment, which nobody changes: take it out and name"
    " ?passfile= (read at each new connection), or a client certificate with ?sslcert= and ?sslkey="
)


class Ways(Protocol):
    """Where an installation's other machines are."""

    @property
    def demo(self) -> bool:
        """Whether it is a demonstration, which meets nobody."""

    @property
    def database_url(self) -> str:
        """The application's database."""

    @property
    def owner_database_url(self) -> str:
        """The same as the owner of its tables."""

    @property
    def dvla_url(self) -> str:
        """Where keeper enquiries go."""

    @property
    def scanner(self) -> str:
        """The virus scanner as host:port, or none."""


def safe(found: Ways) -> tuple[tuple[bool, str], ...]:
    """Each requirement of the ways, as whether it is met and the clause to say if not (ASVS 5.0 12.3, 13.2.1)."""
    ours, owners = found.database_url, found.owner_database_url
    return (
        (found.demo or proved(ours), f"DATABASE_URL {UNPROVED}"),
        (found.demo or proved(owners), f"CASEWRIGHT_OWNER_DATABASE_URL {UNPROVED}"),
        (found.demo or changing(ours), f"DATABASE_URL {UNCHANGING}"),
        (found.demo or changing(owners), f"CASEWRIGHT_OWNER_DATABASE_URL {UNCHANGING}"),
        (found.demo or private(found.dvla_url), "CASEWRIGHT_DVLA_URL must begin with https://"),
        (
            found.demo or found.scanner in ("", "none") or is_here(urlsplit(f"//{found.scanner}").hostname),
            "CASEWRIGHT_SCANNER must be on this machine (127.0.0.1:port), as its protocol has no encryption",
        ),
    )


def is_here(host: str | None) -> bool:
    """Whether a host is this machine."""
    return host in LOOPBACK


def proved(url: str) -> bool:
    """Whether a database is reached on this machine, or over TLS that proves which server it is (ASVS 5.0 12.3.1)."""
    host, options = _place(url)
    return _local(host) or options.get("sslmode") in PROVING


def changing(url: str) -> bool:
    """Whether what proves us to a database elsewhere can change without a new start (ASVS 5.0 13.2.1)."""
    host, options = _place(url)
    password = urlsplit(url).password or options.get("password")
    return _local(host) or not password


def private(url: str) -> bool:
    """Whether an outside system is asked over https, or on this machine."""
    parts = urlsplit(url)
    return not url or parts.scheme == "https" or is_here(parts.hostname)


def _place(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return options.get("host", "") or unquote(parts.hostname or ""), options


def _local(host: str) -> bool:
    return not host or host.startswith("/") or is_here(host)
