"""One valid sending of every form: who sends it, where, with what; and what must have been done before."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.test import Client
from tests.web.prepared import (
    AGNES,
    JONAH,
    MINA,
    PIERS,
    RUTH,
    SECRET,
    THEO,
    UNA,
    WORDS,
    World,
    app_shown,
    begun,
    being_read,
    chosen,
    closed,
    collided,
    conflicted,
    course_decided,
    defaulted,
    deputised,
    device_unknown,
    enrolled,
    figure_proposed,
    halfway,
    halted,
    holiday_proposed,
    kept_long_enough,
    key_challenged,
    lent,
    linked,
    on_hold,
    other_session,
    printed,
    role_proposed,
    stopped,
    to_destroy,
    with_app,
    with_password,
)
from tests.web.test_decide_allegation import answers

from casewright.areas.traffic.actions import registering


class Sent(NamedTuple):
    """A form as sent: who, where (a place in braces is an id of the world), the fields, and what is done before."""

    who: str
    to: str
    fields: dict[str, Any] = {}
    before: Callable[[World], Any] = lambda world: None
    answers: int = 302
    get: bool = False
    json: bool = False

    def send(self, client: Client, path: str, fields: dict[str, Any]) -> Any:
        """Send it."""
        if self.get:
            return client.get(path, fields)
        return client.post(path, fields, **({"content_type": "application/json"} if self.json else {}))


SENT: dict[str, Sent] = {
    # people
    "sign_in": Sent("", "/sign-in", {"email": "{email}", "password": SECRET}, with_password),
    "sign_in wrong": Sent("", "/sign-in", {"email": "{email}", "password": "not that one"}, with_password, answers=422),
    "second_proof": Sent(MINA, "/sign-in/second", {"code": "{code}"}, halfway),
    "second_proof wrong": Sent(MINA, "/sign-in/second", {"code": "000"}, halfway, answers=422),
    "prove_again": Sent(MINA, "/sign-in/again", {"password": SECRET}, with_password),
    "prove_again wrong": Sent(MINA, "/sign-in/again", {"password": "not that one"}, with_password, answers=422),
    "ask_passkey": Sent("", "/sign-in/passkey", answers=200),
    "passkey_shown": Sent("", "/sign-in/passkey/shown", {}, answers=422, json=True),
    "begin_passkey": Sent(MINA, "/account/passkey", answers=200),
    "passkey_made refused": Sent(MINA, "/account/passkey/made", {}, key_challenged, answers=422, json=True),
    "enrol": Sent("", "/sign-in/password/{token}", {"password": SECRET, "password_again": SECRET}, enrolled),
    "sign_in_by_link": Sent("", "/sign-in/{token}", {}, linked, get=True),
    "sign_out": Sent(MINA, "/sign-out"),
    "change_password": Sent(MINA, "/account/password", {"password": SECRET, "password_again": SECRET}),
    "add_app": Sent(MINA, "/account/app", {"code": "{code}"}, app_shown),
    "recovery_codes": Sent(MINA, "/account/recovery-codes", answers=200),
    "remove_factor": Sent(MINA, "/account/proofs/{factor}/remove", {}, with_app),
    "end_sessions": Sent(MINA, "/account/sessions/end", {"chosen": "all"}, other_session),
    "deputise": Sent(MINA, "/account/deputy", {
        "to": "{hester}", "permissions": ["matter.note"], "starts_on": "2026-11-23", "ends_on": "2026-12-01",
        "reason": "away"}),
    "end_delegation": Sent(MINA, "/account/deputies/{delegation}/end", {}, deputised),
    "preferences": Sent(MINA, "/preferences", {"theme": "dark"}),
    "teams team": Sent(THEO, "/people/teams", {"team": "Appeals"}),
    "teams workplace": Sent(THEO, "/people/teams", {"workplace": "Court house"}),
    "add_person": Sent(THEO, "/people/add", {"name": "Nora Pell", "email": "nora.pell@northmere.example"}),
    "place_person": Sent(THEO, "/people/{mina}/place", {"team": "", "workplace": "", "forces": ["{force.id}"]}),
    "vet_person": Sent(THEO, "/people/{mina}/vetting", {"level": "sc", "until": "2027-03-31"}),
    "assess_skill": Sent(UNA, "/people/{mina}/skill", {
        "skill": "traffic_decisions", "evidence": WORDS, "until": "2027-03-31"}),
    "propose_role": Sent(THEO, "/people/{hester}/role", {
        "change": "give", "role": "viewing_clerk", "reason": "cover"}),
    "decide_role approve": Sent(UNA, "/people/roles/{proposal}", {"answer": "approve"}, role_proposed),
    "decide_role turn down": Sent(UNA, "/people/roles/{proposal}", {"answer": "no"}, role_proposed),
    "send_link": Sent(THEO, "/people/{mina}/link"),
    "leave_unit": Sent(THEO, "/people/{mina}/leave"),
    "clock": Sent(RUTH, "/clock", {"days": "1"}),
    # matters, and who sees them
    "take": Sent(JONAH, "/worklist/take", {"chosen": ["{ready}"]}),
    "take with one hidden": Sent(JONAH, "/worklist/take", {"chosen": ["{ready}", "{restricted}"]}),
    "matter hidden": Sent(MINA, "/matters/{restricted}", answers=404, get=True),
    "note hidden": Sent(MINA, "/matters/{restricted}/note", {"text": WORDS}, answers=404),
    "audit without the right": Sent(MINA, "/audit", answers=403, get=True),
    "restrict without the right": Sent(MINA, "/matters/{ordinary}/restrict", {"reason": WORDS}, answers=403),
    "why": Sent(JONAH, "/matters/{ordinary}/why", {"reason": "call"}),
    "note": Sent(MINA, "/matters/{ordinary}/note", {"text": WORDS}),
    "search": Sent(MINA, "/search", {"sought": "Marlow"}),
    "restrict": Sent(RUTH, "/matters/{ordinary}/restrict", {"reason": WORDS}),
    "lift_restriction": Sent(RUTH, "/matters/{restricted}/lift-restriction", {"reason": WORDS}),
    "give_leave": Sent(RUTH, "/matters/{restricted}/leave", {"person": "{silas}", "reason": WORDS}),
    "end_leave": Sent(RUTH, "/matters/{restricted}/leave/end", {"leave": "{leave}"}, lent),
    "declare_conflict": Sent(MINA, "/matters/{ordinary}/conflict", {"why": "A cousin"}),
    "conflicts": Sent(MINA, "/conflicts", {"name": "Nobody At All", "why": "A cousin"}),
    "end_conflict": Sent(UNA, "/conflicts/end", {"conflict": "{conflict}"}, conflicted),
    "break_glass": Sent(MINA, "/break-glass", {"reference": "{reference}", "reason": WORDS}),
    "review_glass": Sent(UNA, "/break-glass/reviews/{glass}", {"found": "proper", "words": WORDS}),
    # records and the log
    "place_hold": Sent(AGNES, "/matters/{ordinary}/hold", {"reason": WORDS}),
    "lift_hold": Sent(AGNES, "/holds/{hold}/lift", {"reason": WORDS}, on_hold),
    "propose_destroy": Sent(AGNES, "/matters/{ordinary}/destroy", {"reason": "MoPI group 4"}, closed),
    "propose_due": Sent(AGNES, "/destructions/due", {"chosen": ["{ordinary}"]}, kept_long_enough),
    "propose_due with one hidden": Sent(
        AGNES, "/destructions/due", {"chosen": ["{ordinary}", "{restricted}"]}, kept_long_enough),
    "approve_destroy": Sent(RUTH, "/destructions/{destruction}/approve", {}, to_destroy),
    "withdraw_destroy": Sent(AGNES, "/destructions/{destruction}/withdraw", {}, to_destroy),
    "decline_destroy": Sent(RUTH, "/destructions/{destruction}/decline", {"reason": WORDS}, to_destroy),
    "audit_export": Sent(AGNES, "/audit/export", {
        "purpose": "lawfulness", "person": "{mina}", "recipient": "commissioner"}, answers=200),
    # traffic, collisions, tasks
    "name_keeper": Sent(MINA, "/matters/{unknown}/name-keeper", {
        "name": "Ida Brook", "address": "1 High Street\nFX1 1AA", "evidence": WORDS}),
    "decide_default charge": Sent(RUTH, "/matters/{ordinary}/decide-default", {
        "prosecute": "yes", "reasons": WORDS}, defaulted),
    "decide_default end": Sent(RUTH, "/matters/{ordinary}/decide-default", {
        "prosecute": "no", "reasons": WORDS}, defaulted),
    "cancel": Sent(RUTH, "/matters/{ordinary}/cancel", {"reason": "DEVICE_FAULT", "words": WORDS}),
    "decide_allegation": Sent(PIERS, "/allegations/{allegation}/decide", answers(), stopped),
    "finish_task": Sent(PIERS, "/tasks/{task}/finish", {"outcome": "{outcome}", "words": WORDS}, course_decided),
    "end_collision": Sent(PIERS, "/matters/{collision}/end-collision", {"reasons": WORDS}, collided),
    # print runs
    "produce": Sent(MINA, "/print-runs/produce", {"force": "{force.id}"}),
    "produce_one": Sent(MINA, "/matters/{ready}/produce"),
    "hand_over": Sent(MINA, "/print-runs/{fresh}/hand-over", {}, printed),
    "confirm": Sent(MINA, "/print-runs/{fresh}/confirm", {}, begun),
    "again": Sent(RUTH, "/print-runs/{fresh}/again", {"reason": WORDS}, begun),
    "posted": Sent(MINA, "/print-runs/{made}/posted", {"posted_on": "2026-11-23", "receipt": "FM-1"}),
    "letter_copy": Sent(MINA, "/letters/{letter}/copy", answers=200, get=True),
    "document": Sent(RUTH, "/documents/{document}", answers=200, get=True),
    "manifest": Sent(MINA, "/print-runs/{made}/manifest", answers=200, get=True),
    # intake, runs, the register
    "intake": Sent(MINA, "/intake", {"force": "{force.id}", "file": "{file}"}, chosen),
    "intake refused": Sent(MINA, "/intake", {"force": "{force.id}", "file": "{bad}"}, chosen, answers=422),
    "held_row": Sent(MINA, "/intake/held/{held}", {"value": "2026-11-21", "known_by": "Data block"}),
    "follows": Sent(MINA, "/intake/held/{held}/follows", {"value": "2026-11-21"}, answers=200),
    "replay_alike": Sent(MINA, "/intake/held/{waiting}/replay-alike", {}, device_unknown),
    "held_row without the right": Sent(
        UNA, "/intake/held/{held}", {"value": "2026-11-21", "known_by": "Data block"}, answers=422),
    "refuse": Sent(JONAH, "/intake/held/{held}/refuse", {"why": WORDS}),
    "steer pause": Sent(RUTH, "/runs/{run}/pause", {}, being_read),
    "steer resume": Sent(RUTH, "/runs/{run}/resume", {}, halted),
    "steer stop": Sent(RUTH, "/runs/{run}/stop", {}, being_read),
    "add_site": Sent(RUTH, "/register/sites/add", {
        "code": "0999", "location": "A1, Fernhithe", "limit_mph": "30", "road_kind": "built-up",
        "offence_code": "RR84707", "force_id": "{force.id}"}),
    "add_device": Sent(RUTH, "/register/devices/add", {
        "code": "NM0999", "kind": registering.KINDS[0], "approval": "Truvelo"}),
    "device": Sent(RUTH, "/register/devices/{device}", {"first": "2030-01-01", "last": "2030-12-31"}),
    "end_certificate": Sent(RUTH, "/register/certificates/{certificate}/end", {
        "last": "2026-11-20", "reason": WORDS}),
    # the unit's own figures and bank holidays
    "figure": Sent(PIERS, "/figures/speed.start.30", {
        "value": "36", "effective_from": "2026-12-20", "force_id": "0", "reason": WORDS}),
    "figure tried": Sent(PIERS, "/figures/speed.start.30", {
        "value": "36", "effective_from": "2026-12-20", "force_id": "0", "reason": WORDS, "try": "1"}, answers=200),
    "figure_proposal approve": Sent(UNA, "/figures/proposals/{setting}", {"answer": "approve"}, figure_proposed),
    "figure_proposal without the right": Sent(
        PIERS, "/figures/proposals/{setting}", {"answer": "approve"}, figure_proposed, answers=409),
    "figure_proposal withdraw": Sent(PIERS, "/figures/proposals/{setting}", {"answer": "withdraw"}, figure_proposed),
    "figure_proposal turn down": Sent(UNA, "/figures/proposals/{setting}", {"answer": "no"}, figure_proposed),
    "bank_holidays": Sent(PIERS, "/bank-holidays", {
        "on": "2027-06-09", "name": "Proclaimed day", "where": ["EW"], "source": "Proclamation"}),
    "bank_holiday approve": Sent(UNA, "/bank-holidays/{holiday}", {"answer": "approve"}, holiday_proposed),
    "bank_holiday withdraw": Sent(PIERS, "/bank-holidays/{holiday}", {"answer": "withdraw"}, holiday_proposed),
    "bank_holiday turn down": Sent(UNA, "/bank-holidays/{holiday}", {"answer": "no"}, holiday_proposed),
    # the demonstration
    "drop_in": Sent(RUTH, "/try-it/drop-in"),
    "be_someone": Sent(RUTH, "/try-it/be/{mina}"),
}  # fmt: skip


def filled(said: Any, world: World) -> Any:
    """A word or field with the world's ids in the place of its braces."""
    if isinstance(said, list):
        return [filled(each, world) for each in said]
    whole = re.fullmatch(r"\{(\w+)\}", said) if isinstance(said, str) else None
    if whole:
        return getattr(world, whole[1])
    return said.format_map(vars(world)) if isinstance(said, str) else said
