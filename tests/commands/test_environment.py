"""What production refuses to start without."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from casewright.config import environment
from casewright.config.environment import ConfigurationError

WHOLE = {
    "DATABASE_URL": "postgresql://cw_web@db.example:5433/casewright?sslmode=verify-full&passfile=/run/web.pgpass",
    "CASEWRIGHT_SECRET_KEY": "k" * 50,
    "CASEWRIGHT_HOSTS": "casewright.example",
    "CASEWRIGHT_FILES": "/srv/casewright",
    "CASEWRIGHT_SCANNER": "127.0.0.1:3310",
    "CASEWRIGHT_MAIL": "smtp://mail.example:25",
}


def test_a_whole_environment_is_accepted_and_is_not_a_demonstration() -> None:
    found = environment.read(WHOLE)
    assert not found.demo
    assert found.https


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_production_names_what_is_missing(missing: str) -> None:
    with pytest.raises(ConfigurationError, match=missing):
        environment.read({name: value for name, value in WHOLE.items() if name != missing})


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        environment.read({})
    assert all(name in str(refused.value) for name in WHOLE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASEWRIGHT_SECRET_KEY", "short"),
        ("CASEWRIGHT_SECRET_KEY_BEFORE", "short"),
        ("CASEWRIGHT_SECRET_KEY_BEFORE", "k" * 50),
        ("CASEWRIGHT_HOSTS", "*"),
        ("CASEWRIGHT_DEMO", "perhaps"),
        ("CASEWRIGHT_POOL_SIZE", "-1"),
        ("DATABASE_URL", "postgresql://cw_app@db.example/casewright"),
        ("DATABASE_URL", "postgresql://cw_app@db.example/casewright?sslmode=require"),
        ("CASEWRIGHT_OWNER_DATABASE_URL", "postgresql://cw_owner@db.example/casewright?sslmode=prefer"),
        ("DATABASE_URL", "postgresql://cw_app:x@db.example/casewright?sslmode=verify-full"),
        ("DATABASE_URL", "postgresql://cw_app@db.example/casewright?sslmode=verify-full&password=x"),
        ("CASEWRIGHT_OWNER_DATABASE_URL", "postgresql://cw_owner:x@db.example/casewright?sslmode=verify-ca"),
        ("CASEWRIGHT_SCANNER", "scanner.example:3310"),
        ("CASEWRIGHT_DVLA_URL", "http://dvla.example/"),
    ],
)
def test_a_dangerous_or_unreadable_value_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        environment.read(WHOLE | {name: value})


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://cw_app:x@/casewright?host=/run/postgresql",
        "postgresql://cw_app:x@127.0.0.1/casewright",
        "postgresql://cw_web@db.example/casewright?sslmode=verify-ca&passfile=/run/web.pgpass",
        "postgresql://cw_web@db.example/casewright?sslmode=verify-full&sslcert=/run/web.crt&sslkey=/run/web.key",
    ],
)
def test_a_database_on_this_machine_or_proved_by_its_certificate_is_accepted(url: str) -> None:
    assert environment.read(WHOLE | {"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("none", {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}),
        ("smtp://relay.example", {"EMAIL_HOST": "relay.example", "EMAIL_PORT": 587, "EMAIL_USE_TLS": True}),
        ("smtp://localhost:25", {"EMAIL_HOST": "localhost", "EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        (
            "smtp://a:b%2Fc@m.example:26",
            {"EMAIL_PORT": 26, "EMAIL_USE_TLS": True, "EMAIL_HOST_PASSWORD": "b/c"},
        ),
        ("smtps://m.example", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True}),
        ("/srv/mail", {"EMAIL_FILE_PATH": "/srv/mail"}),
    ],
)
def test_where_mail_goes_is_read(said: str, told: dict[str, object]) -> None:
    assert told.items() <= environment.mail(said).items()


def test_mail_to_nowhere_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="CASEWRIGHT_MAIL"):
        environment.mail("mail.example")


def test_the_secret_key_is_not_shown_with_the_rest() -> None:
    assert WHOLE["CASEWRIGHT_SECRET_KEY"] not in repr(environment.read(WHOLE))


def test_an_address_with_a_socket_folder_a_password_and_options_is_read() -> None:
    over_socket = environment.database(
        "postgresql://u:p@/n?host=%2Frun%2Fa%20b", pool_size=3, application="t"
    )
    assert (over_socket["HOST"], over_socket["NAME"], over_socket["USER"]) == ("/run/a b", "n", "u")
    with_password = environment.database("postgresql://u:a%2Fb@localhost/n", pool_size=3, application="t")
    assert with_password["PASSWORD"] == "a/b"
    over_network = environment.database(WHOLE["DATABASE_URL"], pool_size=3, application="t")
    assert (over_network["PASSWORD"], over_network["PORT"]) == ("", "5433")
    assert isinstance(over_network["OPTIONS"], dict)
    assert over_network["OPTIONS"]["sslmode"] == "verify-full"
    assert over_network["OPTIONS"]["passfile"] == "/run/web.pgpass"


def test_after_a_long_time_without_a_database_the_next_page_tries_at_once() -> None:
    """The pool's own tries come ever later, minutes apart; a page waits seconds, so no page would wait for one."""
    made: Any = environment.database("postgresql://u@/n?host=/run", pool_size=3, application="t")["OPTIONS"]
    pool = ConnectionPool(open=False, **made["pool"])
    assert pool.reconnect_timeout <= pool.timeout == 3


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="postgresql://"):
        environment.database("sqlite:///x", pool_size=1, application="t")
