"""Signing in: what holds a thief out, what keeps a colleague in, and what both are told."""

from __future__ import annotations

import hashlib
import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from tests import given

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.people import accounts, factors, sessions
from casewright.foundation.people.models import Factor, KeptForm, RecoveryCode, SecurityNotice, Session, User
from casewright.foundation.people.passwords import stands_in
from casewright.foundation.people.sealing import unseal
from casewright.foundation.people.tries import MOST, tried
from casewright.web.people.machines import browser_of

pytestmark = pytest.mark.django_db
SECRET = "thirteen green herons"
NOT_THE_DEMO = {"CASEWRIGHT_IDLE": timedelta(minutes=30), "CASEWRIGHT_SIGNED_IN_AT_MOST": timedelta(hours=10)}


@pytest.fixture
def ruth() -> User:
    """Ruth Alder of a unit, with a password and without the demonstration's ease."""
    given.a_unit()
    person = given.person("Ruth Alder")
    person.set_password(SECRET)
    person.is_demo = False
    person.save()
    return person


@pytest.fixture
def production(settings: Any) -> Any:
    """The times of a unit's own installation."""
    for name, value in NOT_THE_DEMO.items():
        setattr(settings, name, value)
    return settings


def sign_in(client: Client, person: User, **more: str) -> Any:
    return client.post("/sign-in", {"email": person.email, "password": SECRET, **more})


def aged(person: User, **by: timedelta) -> None:
    """A person's sessions as they are after a while."""
    for row in Session.objects.filter(user=person):
        Session.objects.filter(pk=row.pk).update(**{name: getattr(row, name) - on for name, on in by.items()})


# ---- passwords ----


def test_passwords_are_kept_as_argon2_alone(ruth: User) -> None:
    assert ruth.password.startswith("argon2$argon2id$")
    assert SECRET not in ruth.password


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 12"),
        ("password1234", "too common"),
        ("ruth.alder@northmere", "too similar"),
        ("x" * 257, "at most 256"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(ruth: User, password: str, said: str) -> None:
    assert said in " ".join(accounts.faults_of(password, ruth))


def test_a_long_sentence_of_any_signs_is_a_good_password(ruth: User) -> None:
    assert accounts.faults_of("ä b 漢 " * 20, ruth) == []


def test_a_breached_password_is_found_in_the_ordered_file_wherever_it_stands(
    ruth: User, settings: Any, tmp_path: Path
) -> None:
    known = [f"stolen password {n}" for n in range(301)]
    lines = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in known)
    file = tmp_path / "breached.txt"
    for ending in ("", "\n"):
        file.write_text("\r\n".join(f"{line}:{n + 1}" for n, line in enumerate(lines)) + ending)
        assert all(stands_in(file, word) for word in known)
        assert not any(stands_in(file, f"fresh password {n}") for n in range(300))
    settings.CASEWRIGHT_BREACHED_PASSWORDS = file
    assert "stolen" in " ".join(accounts.faults_of(known[7], ruth))
    file.write_text("")
    assert not stands_in(file, known[0])


# ---- brute force ----


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_fifty_guesses_at_the_same_moment_are_counted_as_fifty() -> None:
    over: list[int] = []

    def guess() -> None:
        try:
            over.append(tried("someone@northmere.example", "192.0.2.1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert over.count(0) == MOST
    assert sorted(over)[MOST:] == list(range(1, 41))


def test_a_locked_way_in_stays_shut_to_the_right_password_and_opens_after_a_quarter_of_an_hour(
    client: Client, ruth: User
) -> None:
    for _ in range(MOST):
        assert not tried(ruth.email, "127.0.0.1")
    assert "Too many tries" in sign_in(client, ruth).content.decode()
    assert "Too many tries" in sign_in(client, ruth).content.decode()
    assert Entry.objects.filter(verb="people.lock_out").count() == 1
    assert ruth.security_notices.filter(said__contains="locked").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_signintry SET since = since - interval '15 minutes'")
    assert sign_in(client, ruth).status_code == 302


def test_an_unknown_address_and_a_wrong_password_are_told_apart_by_nobody(client: Client, ruth: User) -> None:
    wrong = client.post("/sign-in", {"email": ruth.email, "password": "wrong"})
    nobody = client.post("/sign-in", {"email": "nobody@northmere.example", "password": "wrong"})
    plain = [re.sub(r'value="[^"]*"', "", each.content.decode()) for each in (wrong, nobody)]
    assert plain[0] == plain[1]


def test_codes_are_guessed_no_longer_than_passwords(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    sign_in(client, ruth)
    said = [client.post("/sign-in/second", {"code": "000000"}).content.decode() for _ in range(MOST + 1)]
    assert "not right" in said[0]
    assert "Too many tries" in said[MOST]
    right = client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()})
    assert "Too many tries" in right.content.decode()


# ---- session fixation, hostile sessions ----


def test_a_session_key_brought_along_is_never_the_one_signed_in_with(client: Client, ruth: User) -> None:
    client.get("/sign-in")
    planted = client.session
    planted["planted"] = "by a thief"
    planted.save()
    client.cookies["casewright_session"] = planted.session_key
    sign_in(client, ruth)
    assert client.session.session_key != planted.session_key
    assert "planted" not in client.session
    thief = Client()
    thief.cookies["casewright_session"] = planted.session_key
    assert thief.get("/my-day").status_code == 302


def test_the_key_changes_again_with_the_second_proof(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    sign_in(client, ruth)
    halfway = client.cookies["casewright_session"].value
    assert client.get("/my-day").headers["Location"].startswith("/sign-in")
    client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()})
    assert client.cookies["casewright_session"].value != halfway
    assert client.get("/my-day").status_code == 200


def test_a_form_to_sign_in_sent_from_elsewhere_is_refused(ruth: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/sign-in", "/sign-in/passkey", "/sign-in/again", "/account/password", "/people/add"):
        assert strict.post(path, {"email": ruth.email, "password": SECRET}).status_code == 403, path


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, ruth: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sign_in(client, ruth)
    for name in ("casewright_session", "casewright_seen"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), name
        assert cookie["path"] == "/"
        assert not cookie["domain"]


# ---- second proofs ----


def with_an_app(person: User) -> str:
    """An authenticator app, added a minute ago; returns its secret."""
    secret = factors.new_app_secret()
    factors.add_app(secret=secret, code=pyotp.TOTP(secret).now(), by=person, at=clock.now())
    Factor.objects.update(counter=0)
    return secret


def test_an_app_is_added_and_asked_for_and_each_code_works_once(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    assert secret.encode() not in bytes(Factor.objects.get().key)
    assert unseal(Factor.objects.get().key, purpose="authenticator app").decode() == secret
    assert sign_in(client, ruth, next="/health").headers["Location"] == "/sign-in/second"
    code = pyotp.TOTP(secret).now()
    assert client.post("/sign-in/second", {"code": code}).headers["Location"] == "/health"
    again = Client()
    sign_in(again, ruth)
    assert "used already" in again.post("/sign-in/second", {"code": code}).content.decode()


def test_an_app_sealed_with_another_key_fits_no_code_and_breaks_nothing(
    client: Client, ruth: User, settings: Any
) -> None:
    secret = with_an_app(ruth)
    settings.SECRET_KEY = "another key of the installation, just as long as the one before"
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()}).status_code == 422


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    codes = factors.new_recovery_codes(by=ruth, at=clock.now())
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": codes[3].upper()}).status_code == 302
    again = Client()
    sign_in(again, ruth)
    assert again.post("/sign-in/second", {"code": codes[3]}).status_code == 422
    assert again.post("/sign-in/second", {"code": codes[4].replace("-", "")}).status_code == 302
    assert ruth.security_notices.filter(said__contains="left unused: 8").exists()


def test_a_password_alone_opens_only_ones_account_where_a_second_proof_is_asked(
    client: Client, ruth: User, settings: Any
) -> None:
    settings.CASEWRIGHT_SECOND_FACTOR = True
    assert sign_in(client, ruth, next="/health").headers["Location"] == "/account"
    assert client.get("/health").headers["Location"] == "/account"
    assert "Add a second proof" in client.get("/account").content.decode()
    page = client.get("/account/app").content.decode()
    secret = re.search(r'class="num">([A-Z2-7 ]+)<', page)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    assert client.post("/account/app", {"code": code}).status_code == 302
    assert client.get("/health").status_code == 200


# ---- time-outs that keep what was typed ----


@pytest.mark.parametrize(
    ("aging", "inside"),
    [
        ({"last_seen_at": timedelta(minutes=29)}, True),
        ({"last_seen_at": timedelta(minutes=30)}, False),
        ({"started_at": timedelta(hours=9, minutes=59)}, True),
        ({"started_at": timedelta(hours=10)}, False),
    ],
)
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(
    client: Client, ruth: User, production: Any, aging: dict[str, timedelta], inside: bool
) -> None:
    sign_in(client, ruth)
    aged(ruth, **aging)
    assert (client.get("/my-day").status_code == 200) is inside


def test_a_page_looked_at_keeps_an_idle_session_alive_but_never_a_long_one(
    client: Client, ruth: User, production: Any
) -> None:
    sign_in(client, ruth)
    for _ in range(3):
        aged(ruth, last_seen_at=timedelta(minutes=20), started_at=timedelta(minutes=20))
        assert client.get("/my-day").status_code == 200
    aged(ruth, started_at=timedelta(hours=9))
    assert client.get("/my-day").status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_idle_session_alive(
    client: Client, ruth: User, production: Any
) -> None:
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=20))
    assert client.get("/runs", headers={"HX-Request": "true"}).status_code == 200
    aged(ruth, last_seen_at=timedelta(minutes=10))
    assert client.get("/runs").status_code == 302


@pytest.fixture
def note_page(ruth: User) -> str:
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=ruth.forces.get())
    from casewright.foundation.matters.models import Matter

    return f"/matters/{Matter.objects.get().id}/note"


def typed_too_late(client: Client, ruth: User, page: str, text: str) -> str:
    """A note posted after the session ended: where the person is led."""
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    answer = client.post(page, {"text": text}, headers={"Referer": f"http://testserver{page}"})
    said = client.get(answer.headers["Location"]).content.decode()
    assert "what you typed is kept" in said
    going = re.search(r'name="next" value="([^"]*)"', said)
    assert going
    return going[1].replace("&amp;", "&")


def test_what_was_typed_comes_back_into_the_same_form_and_is_not_sent_by_itself(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    from casewright.foundation.matters.models import Note

    going = typed_too_late(client, ruth, note_page, "Rang Mrs Quill; she will send the lease.")
    answer = sign_in(client, ruth, next=going)
    assert answer.headers["Location"] == going
    page = client.get(going).content.decode()
    assert "Rang Mrs Quill; she will send the lease.</textarea>" in page
    assert "Nothing was sent yet" in page
    assert not Note.objects.exists()
    assert client.post(going, {"text": "Rang Mrs Quill; she will send the lease."}).status_code == 302
    assert Note.objects.get().by == ruth
    assert not KeptForm.objects.exists()


def test_what_was_typed_is_shown_to_nobody_else_and_to_nobody_after_a_day(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    going = typed_too_late(client, ruth, note_page, "Rang Mrs Quill")
    other = Client()
    other.force_login(given.person("Mina Thorley"))
    assert "Quill" not in other.get(going).content.decode()
    sign_in(client, ruth)
    assert "Quill" in client.get(going).content.decode()
    KeptForm.objects.update(kept_at=clock.real() - timedelta(days=1))
    assert "Quill" not in client.get(going).content.decode()


def test_looking_at_another_tab_first_loses_nothing(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    assert client.get(client.get("/my-day").headers["Location"]).status_code == 200
    answer = client.post(note_page, {"text": "Rang"}, headers={"Referer": f"http://testserver{note_page}"})
    assert "ended=kept" in answer.headers["Location"]


def test_a_postcode_is_kept_and_a_password_is_not(client: Client, ruth: User, production: Any) -> None:
    from casewright.foundation.people import kept

    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    path = "/matters/1/name-keeper"
    answer = client.post(
        path,
        {"postcode": "FX1 4QZ", "password": "x", "code": "1"},
        headers={"Referer": f"http://testserver{path}"},
    )
    key = re.search(r"kept%3D([\w-]+)", answer.headers["Location"])
    assert key
    assert kept.words_of(key[1], user_id=ruth.id) == {"postcode": ["FX1 4QZ"]}


def test_kept_words_cannot_be_read_from_the_database(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    typed_too_late(client, ruth, note_page, "Rang Mrs Quill")
    kept = KeptForm.objects.get()
    assert b"Quill" not in bytes(kept.sealed)
    assert not Session.objects.filter(session_data__contains="Quill").exists()


# ---- one's sessions, leavers ----


def test_ones_sessions_are_listed_and_another_can_be_ended(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(other, ruth)
    page = client.get("/account").content.decode()
    assert "Firefox on Windows" in page
    assert "this one" in page
    chosen = re.search(r'name="chosen" value="([0-9a-f]{16})"', page)
    assert chosen
    assert client.post("/account/sessions/end", {"chosen": chosen[1]}).status_code == 302
    assert other.get("/my-day").status_code == 302
    assert client.get("/my-day").status_code == 200


def test_nobody_ends_anothers_session(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    mina = Client()
    mina.force_login(given.person("Mina Thorley"))
    from casewright.web.people.queries import session_keys

    for chosen in (*session_keys(ruth), "all", client.session.session_key or ""):
        mina.post("/account/sessions/end", {"chosen": chosen})
    assert client.get("/my-day").status_code == 200


def test_a_leaver_is_out_at_the_next_request_of_every_session(client: Client, ruth: User) -> None:
    second = Client()
    for each in (client, second):
        sign_in(each, ruth)
        assert each.get("/my-day").status_code == 200
    theo = Client()
    theo.force_login(given.person("Theo Marsh"))
    theo.post("/sign-in/again")
    assert theo.post(f"/people/{ruth.id}/leave").status_code == 302
    for each in (client, second):
        assert each.get("/my-day").status_code == 302
    assert "do not belong together" in sign_in(client, ruth).content.decode()


@pytest.mark.parametrize(("days", "inside"), [(-1, True), (0, True), (1, False)])
def test_the_last_day_is_a_working_day_and_the_day_after_nothing_opens(
    client: Client, ruth: User, days: int, inside: bool
) -> None:
    sign_in(client, ruth)
    User.objects.filter(id=ruth.id).update(last_day=given.MONDAY)
    with given.on(given.MONDAY + timedelta(days=days)):
        assert (client.get("/my-day").status_code == 200) is inside


def test_a_new_password_ends_the_other_sessions_and_is_told(client: Client, ruth: User) -> None:
    other = Client()
    sign_in(client, ruth)
    sign_in(other, ruth)
    new = "fourteen grey herons"
    assert client.post("/account/password", {"password": new, "password_again": new}).status_code == 302
    assert client.get("/my-day").status_code == 200
    assert other.get("/my-day").status_code == 302
    assert ruth.security_notices.filter(said__contains="password of your account was changed").exists()


# ---- proving again ----


def test_grave_acts_ask_again_who_it_is_and_keep_what_was_typed(client: Client, ruth: User) -> None:
    given.person("Theo Marsh")
    theo = User.objects.get(name="Theo Marsh")
    theo.set_password(SECRET)
    theo.is_demo = False
    theo.save()
    sign_in(client, theo)
    session = client.session
    session["proved_at"] = (clock.real() - timedelta(minutes=10)).isoformat()
    session.save()
    path = f"/people/{ruth.id}/role"
    typed = {"change": "give", "role": "supervisor", "reason": "Stands in for Una"}
    answer = client.post(path, typed, headers={"Referer": f"http://testserver{path}"})
    asked = answer.headers["Location"]
    assert asked.startswith("/sign-in/again")
    page = client.get(asked).content.decode()
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going
    back = going[1].replace("&amp;", "&")
    assert client.post("/sign-in/again", {"password": "wrong", "next": back}).status_code == 422
    assert client.post("/sign-in/again", {"password": SECRET, "next": back}).headers["Location"] == back
    assert "Stands in for Una" in client.get(back).content.decode()
    assert not ruth.role_proposals.exists()
    assert client.post(back, typed).status_code == 302
    assert ruth.role_proposals.get().reason == "Stands in for Una"


# ---- enrolment links and the demonstration's ----


def test_an_enrolment_link_sets_a_password_once(client: Client, ruth: User) -> None:
    first = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    token = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    assert client.get(f"/sign-in/password/{first}").status_code == 409  # the newer one replaced it
    new = {"password": "fifteen blue herons", "password_again": "fifteen blue herons"}
    assert client.post(f"/sign-in/password/{token}", {**new, "password_again": "x"}).status_code == 422
    assert client.post(f"/sign-in/password/{token}", new).status_code == 302
    assert client.post(f"/sign-in/password/{token}", new).status_code == 409
    assert client.post("/sign-in", {"email": ruth.email, "password": new["password"]}).status_code == 302


@pytest.mark.parametrize(("left", "works"), [(timedelta(seconds=5), True), (timedelta(0), False)])
def test_an_enrolment_link_ends_after_three_days(
    client: Client, ruth: User, left: timedelta, works: bool
) -> None:
    token = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    ruth.enrolments.update(expires_at=clock.real() + left)
    assert (client.get(f"/sign-in/password/{token}").status_code == 200) is works


def test_outside_a_demonstration_no_account_of_one_stays_in(
    client: Client, ruth: User, settings: Any
) -> None:
    mina = given.person("Mina Thorley")
    client.force_login(mina)
    assert client.get("/my-day").status_code == 200
    settings.CASEWRIGHT_DEMO = False
    assert client.get("/my-day").status_code == 302


@pytest.mark.parametrize(
    "going", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_no_way_back_leads_to_another_site(client: Client, ruth: User, going: str) -> None:
    sign_in(client, ruth)
    assert client.post("/sign-in/again", {"password": SECRET, "next": going}).headers["Location"] == "/"
    assert client.get("/account", {"kept": going}).status_code == 200


def test_outside_a_demonstration_no_link_signs_anybody_in(client: Client, ruth: User, settings: Any) -> None:
    from casewright.foundation.people.actions import make_sign_in_link

    token = make_sign_in_link(user=given.person("Mina Thorley"), at=clock.now())
    settings.CASEWRIGHT_DEMO = False
    assert client.get(f"/sign-in/{token}").status_code == 409


# ---- what people are told ----


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_security_events_are_mailed_to_the_person_and_say_no_secret(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    assert [each.to for each in mail.outbox] == [[ruth.email]]
    assert "authenticator app was added" in mail.outbox[0].body
    assert SecurityNotice.objects.get().sent_at


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_mail_server_that_is_away_loses_no_notice_and_stops_nobody(ruth: User, settings: Any) -> None:
    from casewright.foundation.people.notices import send_waiting

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with_an_app(ruth)
    assert SecurityNotice.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 1
    assert send_waiting() == 0
    assert len(mail.outbox) == 1


def test_a_sign_in_from_a_new_browser_is_told_and_from_the_same_one_not(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    client.post("/sign-out")
    sign_in(client, ruth)
    assert ruth.security_notices.filter(said__contains="not used before").count() == 1
    sign_in(Client(), ruth)
    assert ruth.security_notices.filter(said__contains="not used before").count() == 2


def test_signing_in_and_out_and_failing_stand_in_the_journal_without_names(
    client: Client, ruth: User
) -> None:
    client.post("/sign-in", {"email": ruth.email, "password": "wrong"})
    sign_in(client, ruth)
    client.post("/sign-out")
    rows = list(Entry.objects.filter(verb__startswith="people.").order_by("id"))
    assert [row.verb for row in rows[-3:]] == ["people.fail_sign_in", "people.sign_in", "people.sign_out"]
    assert ruth.email not in str([vars(row) for row in rows])


def test_signing_out_tells_the_browser_to_forget(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(user=ruth).exists()


def test_what_is_swept_is_what_was_over(client: Client, ruth: User, production: Any) -> None:
    sign_in(client, ruth)
    assert sessions.sweep() == 0
    aged(ruth, last_seen_at=timedelta(days=1, minutes=31))
    assert sessions.sweep() == 1


def test_a_browser_is_named_in_a_few_words(rf: Any) -> None:
    said = "Mozilla/5.0 (iPhone; CPU) Version/18 Safari/604.1"
    assert browser_of(rf.get("/", headers={"User-Agent": said})) == "Safari on iPhone"
    assert browser_of(rf.get("/", headers={"User-Agent": "<script>"})) == "A browser"


def test_an_app_goes_on_through_a_change_of_the_key_once_it_is_sealed_anew(
    client: Client, ruth: User, settings: Any
) -> None:
    secret, old = with_an_app(ruth), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    assert factors.seal_anew() == (1, 0)
    settings.SECRET_KEY_FALLBACKS = []
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    settings.SECRET_KEY = "m" * 50
    assert factors.seal_anew() == (0, 1)
