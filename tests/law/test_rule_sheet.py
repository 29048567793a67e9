"""Each rule of the sheet just inside and just outside: what it says and what becomes of the case."""

# ruff: noqa: E501 - one example a line reads as a table

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from tests.law.allegations import DECIDED, alleged, decide, said, speeding, unanswered

from casewright.law.traffic import disposing
from casewright.law.traffic.allegation import read_allegation
from casewright.law.traffic.case import FUNCTIONS, elsewhere, rules


class Edge(NamedTuple):
    """A rule, the facts on which it acts and what comes of them, the nearest on which it does not, and what then."""

    rule: str
    inside: dict[str, Any]
    then: str
    outside: dict[str, Any]
    else_: str
    on: str = DECIDED.isoformat()
    on_outside: str = ""
    policy: dict[str, int] = {}
    policy_outside: dict[str, int] | None = None
    speaks_outside: bool = False


COURSE = {"earlier_course": "NSAC"}
FPN = {"offered": "fixed_penalty", "offered_on": "2026-06-02", "payment": "none"}
OFFER = {"offered": "conditional_offer", "offered_on": "2026-06-20"}
SJP = {"offered": "single_justice", "offered_on": "2026-07-01", "served_on": "2026-07-03"}
BOOKED = {"offered": "course", "offered_on": "2026-06-20"}
NO_CERTIFICATE = {"device_certified_from": None, "device_certified_until": None}

EDGES = [
    Edge("CODE", speeding(30, 45, code_checked=False), "COFP 100/3", speeding(20, 33, offence_code="RR84235"), "COFP 100/3", speaks_outside=True),
    Edge("R01", speeding(30, 45, device_certified_until="2026-06-01"), "NFA:CALIBRATION_OUT", speeding(30, 45, device_certified_until="2026-06-02"), "COFP 100/3", speaks_outside=True),
    Edge("R01", speeding(30, 45, **NO_CERTIFICATE), "NFA:CALIBRATION_OUT", speeding(30, 45, detected_by="officer", **NO_CERTIFICATE), "COFP 100/3"),
    Edge("R02", speeding(30, 45, secondary_mph=40), "NFA:SECONDARY_CHECK_FAIL", speeding(30, 45, secondary_mph=41), "COFP 100/3", speaks_outside=True),
    Edge("R03", speeding(60, 58, offence_code="RR84204", road_kind="single", vehicle_class="goods up to 7.5 t"), "COURSE:NSAC", speeding(60, 68, road_kind="single"), "COURSE:NSAC"),
    Edge("R04", speeding(30, 45, vehicles_in_frame=2), "NFA:MULTI_VEHICLE", speeding(30, 45, vehicles_in_frame=1), "COFP 100/3"),
    Edge("R04", speeding(30, 45, plate_legible=False), "NFA:UNREADABLE", speeding(30, 45, plate_legible=True), "COFP 100/3"),
    Edge("R04", speeding(30, 45, vehicle_matches=False), "SECOND_VIEW", speeding(30, 45, vehicle_matches=True), "COFP 100/3"),
    Edge("R05", speeding(30, 45, variable_limit=True, limit_changed_seconds_ago=10), "NFA:VSL_CHANGE_WINDOW", speeding(30, 45, variable_limit=True, limit_changed_seconds_ago=11), "COFP 100/3", speaks_outside=True),
    Edge("R05", speeding(30, 45, variable_limit=True), "VSL_CHANGE_WINDOW", speeding(30, 45), "COFP 100/3"),
    Edge("R05", speeding(30, 45, limit_changed_seconds_ago=5), "NFA:VSL_CHANGE_WINDOW", speeding(30, 45), "COFP 100/3"),
    Edge("R06", speeding(30, 45, order_in_force=False), "NFA:SIGNAGE_TRO", speeding(30, 45, order_in_force=None), "COFP 100/3"),
    Edge("R07", speeding(30, 55, exempt_purpose=True, exemption_logged=True, exemption_countersigned=True), "NFA:EXEMPT_EMERGENCY", speeding(30, 55), "SJP"),
    Edge("R07", speeding(30, 55, exempt_purpose=True, exemption_logged=True), "EXEMPTION_NOT_SHOWN", speeding(30, 55, exemption_logged=True), "SJP"),
    Edge("R07", speeding(30, 55, exempt_purpose=True, exemption_countersigned=True), "EXEMPTION_NOT_SHOWN", speeding(30, 55), "SJP"),
    Edge("R08", speeding(30, 45, clone="satisfied"), "NFA:CLONE_CONFIRMED", speeding(30, 45), "COFP 100/3"),
    Edge("R08", speeding(30, 45, clone="claimed"), "CLONE_CLAIMED", speeding(30, 45), "COFP 100/3"),
    Edge("R09", speeding(30, 45, immunity=True), "NFA:DIPLOMATIC", speeding(30, 45, immunity=True, immunity_waived=True), "COFP 100/3", speaks_outside=True),
    Edge("R09", speeding(30, 45, immunity=True), "NFA:DIPLOMATIC", speeding(30, 45), "COFP 100/3"),
    Edge("R10", speeding(30, 34), "NFA:BELOW_THRESHOLD", speeding(30, 35), "COURSE:NSAC"),
    Edge("R11", speeding(30, 42), "COURSE:NSAC", speeding(30, 43), "COFP 100/3"),
    Edge("R12", speeding(30, 43), "COFP 100/3", speeding(30, 42), "COURSE:NSAC"),
    Edge("R12", speeding(30, 49), "COFP 100/3", speeding(30, 50), "SJP"),
    Edge("R13", speeding(30, 50), "SJP", speeding(30, 49), "COFP 100/3"),
    Edge("R14", speeding(20, 25), "NFA:BELOW_THRESHOLD", speeding(20, 25), "COURSE:NSAC20", policy={"speed.start.20": 26}, policy_outside={}),
    Edge("R14", speeding(20, 26), "COURSE:NSAC20", speeding(20, 26), "COURSE:NSAC20", policy={"speed.start.20": 26}, policy_outside={"speed.start.20": 24}),
    Edge("R15", speeding(30, 45, notice_posted_on="2026-06-12"), "NFA:NIP_LATE_UNIT", speeding(30, 45, notice_posted_on="2026-06-11"), "COFP 100/3", speaks_outside=True),
    Edge("R15", speeding(30, 45, notice_served_on="2026-06-16"), "NFA:NIP_LATE_UNIT", speeding(30, 45, notice_served_on="2026-06-15"), "COFP 100/3", speaks_outside=True),
    Edge("R15", speeding(30, 45, notice_posted_on=None), "NOTICE_NOT_SENT", speeding(30, 45, notice_posted_on=None), "NFA:NIP_LATE_UNIT", on="2026-06-11", on_outside="2026-06-12", speaks_outside=True),
    Edge("R15", speeding(30, 45, notice_posted_on="2026-06-15", received_on="2026-06-12"), "NFA:NIP_LATE_SOURCE", speeding(30, 45, notice_posted_on="2026-06-15", received_on="2026-06-11"), "NFA:NIP_LATE_UNIT", speaks_outside=True),
    Edge("R15", alleged("RT88575", detected_by="video"), "NFA:NIP_LATE_UNIT", alleged("RT88191"), "COFP 300/6"),
    Edge("R16", speeding(30, 45, notice_posted_on=None, warned_at_time=True), "COFP 100/3", speeding(30, 45, notice_posted_on=None), "NFA:NIP_LATE_UNIT"),
    Edge("R16", speeding(30, 45, warned_at_time=True), "COFP 100/3", alleged("RT88191", warned_at_time=True), "COFP 300/6"),
    Edge("R17", speeding(30, 45, notice_posted_on=None, accused_contributed=True), "COFP 100/3", speeding(30, 45, notice_posted_on=None), "NFA:NIP_LATE_UNIT"),
    Edge("R17", speeding(30, 45, notice_posted_on=None, address_not_found=True), "COFP 100/3", alleged("RT88191", address_not_found=True), "COFP 300/6"),
    Edge("R18", alleged("RT88575", accident=True), "COURSE:WDU", alleged("RT88575"), "NFA:NIP_LATE_UNIT"),
    Edge("R18", alleged("RT88575", accident=True), "COURSE:WDU", alleged("RT88191", accident=True), "COFP 300/6"),
    Edge("R19", speeding(30, 45, notice_posted_on=None, fixed_penalty_given=True), "SJP", speeding(30, 45, notice_posted_on=None), "NFA:NIP_LATE_UNIT"),
    Edge("R19", speeding(30, 45, fixed_penalty_given=True), "SJP", alleged("RT88191", fixed_penalty_given=True), "SJP"),
    Edge("R20", speeding(20, 31), "COURSE:NSAC20", speeding(20, 32), "COFP 100/3"),
    Edge("R20", speeding(70, 86, road_kind="motorway"), "COURSE:NMAC", speeding(70, 87, road_kind="motorway"), "COFP 100/3"),
    Edge("R21", speeding(30, 38, earlier_course_offence_on="2023-06-01", **COURSE), "COFP 100/3", speeding(30, 38, earlier_course_offence_on="2023-05-31", **COURSE), "COURSE:NSAC", speaks_outside=True),
    Edge("R21", speeding(20, 28, earlier_course_offence_on="2025-06-01", **COURSE), "COFP 100/3", alleged("RT88509", earlier_course_offence_on="2025-06-01", **COURSE), "COURSE:YBYL"),
    Edge("R21", speeding(30, 38, earlier_course="NSAC20", earlier_course_offence_on="2025-06-01"), "COFP 100/3", speeding(30, 38), "COURSE:NSAC"),
    Edge("R22", speeding(30, 38), "COFP 100/3", speeding(30, 38), "COURSE:NSAC", on="2026-10-02", on_outside="2026-10-01"),
    Edge("R22", alleged("RT88509"), "COFP 100/0", alleged("RC86820"), "COFP 200/6", on="2026-10-02"),
    Edge("R23", alleged("RT88575", warned_at_time=True, collision="injury"), "SJP", alleged("RT88575", warned_at_time=True, collision="minor"), "COURSE:SCD", speaks_outside=True),
    Edge("R23", alleged("RT88575", warned_at_time=True, collision="none"), "COURSE:WDU", alleged("RT88567", answer="none", offence_on="2026-07-07"), "S172_SJP"),
    Edge("R23", alleged("RT88576", warned_at_time=True, aggravated=True), "SJP", alleged("RT88576", warned_at_time=True), "COURSE:WDU", speaks_outside=True),
    Edge("R24", alleged("RT88967", warned_at_time=True), "COURSE:WDU", alleged("TS16005"), "COFP 100/3"),
    Edge("R24", alleged("RT88974", warned_at_time=True), "COURSE:NMAC", alleged("RT88509"), "COURSE:YBYL"),
    Edge("R25", alleged("RT88509"), "COURSE:YBYL", alleged("RT88506"), "COURSE:NRRAC"),
    Edge("C6", speeding(30, 38, payment="full", **OFFER), "CLOSE", speeding(30, 38, payment="none", **OFFER), "WAIT"),
    Edge("C6", speeding(30, 38, payment="full", **OFFER), "CLOSE", speeding(30, 38, payment="full", offered="fixed_penalty", offered_on="2026-06-02"), "CLOSE"),
    Edge("C7", alleged("RT88575", warned_at_time=True, collision="minor", licence_suspended=True), "COFP 100/3", alleged("RT88575", warned_at_time=True, collision="none", licence_suspended=True), "COURSE:WDU", speaks_outside=True),
    Edge("C7", alleged("RT88575", warned_at_time=True, collision="minor", licence_suspended=True), "COFP 100/3", alleged("RT88575", warned_at_time=True, collision="minor"), "COURSE:SCD"),
    Edge("C10", speeding(30, 38, other_to_court=True), "COFP 100/3", speeding(30, 38), "COURSE:NSAC"),
    Edge("C10", speeding(30, 38, other_to_court=True, same_occasion=["RT88191"]), "COFP 100/3", speeding(30, 38, same_occasion=["RT88191"]), "COURSE:NSAC"),
    Edge("C10", speeding(30, 38, other_to_court=True), "COFP 100/3", alleged("RC86820", other_to_court=True), "COFP 200/6"),
    Edge("R26", alleged("RC86820"), "COFP 200/6", alleged("RC86814"), "COURSE:WDU"),
    Edge("R27", alleged("RT88191"), "COFP 300/6", alleged("RT88334"), "COFP 100/3"),
    Edge("R28", alleged("RL89161"), "COFP 50/0", alleged("RC86251"), "COFP 100/3"),
    Edge("R28", alleged("RL89161"), "VDRS", alleged("RL89161"), "COFP 50/0", policy={"traffic.rectification": 1}, policy_outside={}, speaks_outside=True),
    Edge("R28", alleged("RL89162"), "COFP 50/0", alleged("RC86820"), "COFP 200/6", policy={"traffic.rectification": 1}),
    Edge("R28", alleged("RC86534"), "COFP 50/0", alleged("RT88196"), "SJP"),
    Edge("R29", speeding(30, 45, repeated=True), "COFP 100/3", speeding(30, 45), "COFP 100/3"),
    Edge("R29", speeding(30, 45, aggravated=True), "COFP 100/3", speeding(30, 45), "COFP 100/3"),
    Edge("R30", speeding(30, 45, live_points=9), "SJP", speeding(30, 45, live_points=8), "COFP 100/3", speaks_outside=True),
    Edge("R30", alleged("RC86820", live_points=6), "SJP", alleged("RC86820", live_points=5), "COFP 200/6", speaks_outside=True),
    Edge("R30", speeding(30, 45, live_points=6, same_occasion=["RT88191"]), "SJP", speeding(30, 45, live_points=5, same_occasion=["RT88191"]), "COFP 100/3", speaks_outside=True),
    Edge("R30", speeding(30, 45, live_points=8, same_occasion=["RT88196"]), "COFP 100/3", alleged("RT88196", live_points=9), "SJP"),
    Edge("R31", speeding(30, 42, live_points=9), "COURSE:NSAC", speeding(30, 42, live_points=0), "COURSE:NSAC"),
    Edge("R31", speeding(30, 42, live_points=3), "COURSE:NSAC", alleged("RC86820", live_points=3), "COFP 200/6"),
    Edge("R32", speeding(30, 42, wants="offer"), "COFP 100/3", speeding(30, 42, wants="course"), "COURSE:NSAC"),
    Edge("R33", speeding(30, 42, wants="court"), "SJP", speeding(30, 42, wants="offer"), "COFP 100/3"),
    Edge("R34", speeding(30, 45, driver_identified=False), "DRIVER_NOT_KNOWN", speeding(30, 45), "COFP 100/3"),
    Edge("R34", alleged("RT88191", accused="company", admits_use=True), "SJP", alleged("RT88191"), "COFP 300/6"),
    Edge("R34", alleged("RT88191", accused="company"), "DRIVER_NOT_KNOWN", alleged("RT88569", accused="company"), "COFP 100/0"),
    Edge("R34", speeding(30, 45, accused="company", admits_use=True), "DRIVER_NOT_KNOWN", alleged("RT88320", accused="company"), "COFP 300/6"),
    Edge("R34", speeding(30, 45, driver_identified=False), "DRIVER_NOT_KNOWN", alleged("RT88191", driver_identified=False), "COFP 300/6"),
    Edge("R40", speeding(30, 45), "NFA:TIME_BARRED_6M", speeding(30, 45), "COFP 100/3", on="2026-12-02", on_outside="2026-12-01", speaks_outside=True),
    Edge("R40", unanswered(), "NFA:TIME_BARRED_6M", unanswered(), "S172_SJP", on="2027-01-08", on_outside="2027-01-07", speaks_outside=True),
    Edge("R40", speeding(30, 45), "COFP 100/3", alleged("RT88026", warned_at_time=True), "CPS", on="2026-11-30"),
    Edge("R41", alleged("RT88191"), "CHECK_S6_KNOWLEDGE", alleged("RT88191"), "COFP 300/6", on="2026-12-02", on_outside="2026-12-01", speaks_outside=True),
    Edge("R41", alleged("RT88191", sufficient_evidence_on="2026-10-01"), "NFA:TIME_BARRED_6M", alleged("RT88191", sufficient_evidence_on="2026-10-01"), "COFP 300/6", on="2027-04-02", on_outside="2027-04-01", speaks_outside=True),
    Edge("R41", alleged("RT88191"), "NFA:TIME_BARRED_6M", alleged("RT88191"), "CHECK_S6_KNOWLEDGE", on="2029-06-02", on_outside="2029-06-01", speaks_outside=True),
    Edge("R41", alleged("VE94014", sufficient_evidence_on="2029-05-01"), "NFA:TIME_BARRED_6M", alleged("VE94014", sufficient_evidence_on="2029-05-01"), "SJP", on="2029-06-02", on_outside="2029-06-01", speaks_outside=True),
    Edge("R41", alleged("RT88191"), "COFP 300/6", alleged("RT88509"), "COURSE:YBYL"),
    Edge("R42", speeding(30, 45, age=17), "REQ", speeding(30, 45, age=18), "COFP 100/3"),
    Edge("R42", speeding(30, 50, born_on="2008-07-17"), "REQ", speeding(30, 50, born_on="2008-07-16"), "SJP"),
    Edge("R42", speeding(30, 45, age=17), "COFP 100/3", speeding(30, 45), "COFP 100/3", policy={"traffic.offer_under_18": 1}),
    Edge("R42", speeding(30, 45, age=9), "NFA:UNDER_AGE_CRIMINAL_RESP", speeding(30, 45, age=10), "REQ", speaks_outside=True),
    Edge("R43", alleged("RT88218"), "REQ", alleged("RT88578"), "COFP 50/0"),
    Edge("R43", alleged("RT88333"), "CPS", alleged("RT88137"), "SJP"),
    Edge("R43", alleged("RT88007"), "CPS", alleged("RT88026", warned_at_time=True), "CPS"),
    Edge("R44", alleged("RT88026", warned_at_time=True), "CPS", alleged("RT88575", warned_at_time=True), "COURSE:WDU"),
    Edge("R44", alleged("RT88500"), "CPS", alleged("RT88147"), "SJP"),
    Edge("R44", alleged("RT88147", collision="injury"), "CPS", alleged("RT88147", collision="minor"), "SJP"),
    Edge("R44", alleged("RT88147", collision="injury"), "CPS", alleged("RT88218", collision="injury"), "REQ"),
    Edge("R45", speeding(30, 50, welsh=True), "SJP", speeding(30, 50), "SJP"),
    Edge("R46", speeding(30, 45, deceased=True), "NFA:DECEASED", speeding(30, 45), "COFP 100/3"),
    Edge("R46", speeding(30, 45, vulnerable=True), "VULNERABLE", speeding(30, 45), "COFP 100/3"),
    Edge("R47", speeding(30, 45, same_occasion=["RT88567"]), "COFP 100/3", speeding(30, 45, same_occasion=["RT88509"]), "COFP 100/3"),
    Edge("R48", speeding(30, 45, same_occasion=["RT88509"]), "COFP 100/3", speeding(30, 45), "COFP 100/3"),
    Edge("R50", unanswered(), "S172_SJP", unanswered(answer="driver_named"), "NFA:DRIVER_NAMED", speaks_outside=True),
    Edge("R50", unanswered(answer=""), "ANSWER_NOT_KNOWN", alleged("RT88509"), "COURSE:YBYL"),
    Edge("R50", unanswered(offence_on="2026-06-09", requirement_served_on="2026-06-09"), "PERIOD_RUNNING", unanswered(offence_on="2026-06-09", requirement_served_on="2026-06-09"), "S172_SJP", on="2026-07-06", on_outside="2026-07-07", speaks_outside=True),
    Edge("R50", unanswered(answer="unsigned", returned_once=True), "S172_SJP", unanswered(answer="late"), "S172_SJP"),
    Edge("R51", unanswered(accused="company"), "S172_SJP", unanswered(), "S172_SJP"),
    Edge("R51", unanswered(accused="company"), "S172_SJP", alleged("RT88569", accused="company"), "COFP 100/0"),
    Edge("R52", unanswered(answer="cannot_know", diligence=True), "NFA:DRIVER_UNDETERMINED_DEFENCE", unanswered(), "S172_SJP"),
    Edge("R52", unanswered(answer="cannot_know", diligence=False), "S172_SJP", unanswered(), "S172_SJP"),
    Edge("R52", unanswered(answer="cannot_know"), "ASK_DILIGENCE", unanswered(answer="cannot_know", diligence=False), "S172_SJP", speaks_outside=True),
    Edge("R53", unanswered(answer="late", answered_reasonably=True), "ACCEPT_ANSWER", unanswered(answer="late"), "S172_SJP", speaks_outside=True),
    Edge("R53", unanswered(answer="late"), "S172_SJP", unanswered(answered_reasonably=True), "S172_SJP"),
    Edge("R54", unanswered(answer="unsigned"), "RETURN_ANSWER", unanswered(answer="unsigned", returned_once=True), "S172_SJP"),
    Edge("R55", speeding(30, 45, answer="other_named", hops=5), "CHAIN_ENQUIRY", speeding(30, 45, answer="other_named", hops=4), "ASK_NOMINEE", speaks_outside=True),
    Edge("R55", speeding(30, 45, answer="other_named"), "CHAIN_ENQUIRY", speeding(30, 45, answer="other_named"), "ASK_NOMINEE", on="2026-08-31", on_outside="2026-08-30", speaks_outside=True),
    Edge("R55", speeding(30, 45, answer="other_named"), "ASK_NOMINEE", speeding(30, 45, hops=9), "COFP 100/3"),
    Edge("R56", speeding(30, 45, nominee_cases=3), "FRAUD_REVIEW", speeding(30, 45, nominee_cases=2), "COFP 100/3"),
    Edge("R56", speeding(30, 45, nominee_cases=2), "FRAUD_REVIEW", speeding(30, 45), "COFP 100/3", policy={"traffic.nominee_cases": 2}),
    Edge("ND", speeding(30, 45, qualified_on="2024-06-02", live_points=3), "COFP 100/3", speeding(30, 45, qualified_on="2024-06-01", live_points=3), "COFP 100/3"),
    Edge("ND", alleged("RC86820", qualified_on="2025-01-01"), "COFP 200/6", speeding(30, 45, qualified_on="2025-01-01", live_points=2), "COFP 100/3"),
    Edge("ND", alleged("RC86820", qualified_on="2026-06-01"), "COFP 200/6", alleged("RC86820", qualified_on="2026-06-02"), "COFP 200/6"),
    Edge("ND", alleged("RC86820", qualified_on="2026-06-01"), "COFP 200/6", alleged("RT88509", qualified_on="2026-06-01", live_points=6), "COURSE:YBYL"),
    Edge("R60", alleged("RT88509", **FPN), "REGISTER", alleged("RT88509", **FPN), "WAIT", on="2026-06-24", on_outside="2026-06-23", speaks_outside=True),
    Edge("R60", alleged("RT88509", hearing_requested=True, **FPN), "SJP", alleged("RT88509", **FPN | {"payment": "full"}), "CLOSE"),
    Edge("R61", speeding(30, 45, clerk_notified=True, **OFFER), "SJP", speeding(30, 45, clerk_notified=True, **OFFER), "WAIT", on="2026-07-19", on_outside="2026-07-18", speaks_outside=True),
    Edge("R61", speeding(30, 45, **OFFER), "WAIT", speeding(30, 45), "COFP 100/3", on="2026-07-19"),
    Edge("R61", speeding(30, 45, **OFFER), "WAIT", speeding(30, 45, payment="full", **OFFER), "CLOSE"),
    Edge("R62", speeding(30, 45, payment="short", clerk_notified=True, **OFFER), "WAIT", speeding(30, 45, payment="short", clerk_notified=True, **OFFER), "SJP", on="2026-07-18", on_outside="2026-07-19"),
    Edge("R62", speeding(30, 45, payment="wrong_identity", **OFFER), "WAIT", speeding(30, 45, payment="none", **OFFER), "WAIT"),
    Edge("R63", speeding(30, 45, payment="full", **OFFER), "CLOSE", speeding(30, 45, payment="short", **OFFER), "WAIT"),
    Edge("R63", alleged("RT88509", **FPN | {"payment": "full"}), "CLOSE", speeding(30, 45, payment="full"), "COFP 100/3"),
    Edge("R63", speeding(30, 45, payment="full", **OFFER), "CLOSE", speeding(30, 45, payment="full", cancel=True, **OFFER), "REFUND"),
    Edge("R64", speeding(30, 42, course_result="failed", **BOOKED), "COFP 100/3", speeding(30, 42, **BOOKED), "COURSE:NSAC"),
    Edge("R64", speeding(30, 42, course_result="not_booked", **BOOKED), "SJP", speeding(30, 42, course_result="not_booked", **BOOKED), "COFP 100/3", on="2026-11-03", on_outside="2026-11-02", speaks_outside=True),
    Edge("R64", speeding(30, 42, course_result="failed", **BOOKED), "COFP 100/3", speeding(30, 42, course_result="failed"), "COURSE:NSAC"),
    Edge("R65", speeding(30, 42, course_result="completed", **BOOKED), "CLOSE", speeding(30, 42, course_result="failed", **BOOKED), "COFP 100/3"),
    Edge("R65", speeding(30, 42, course_result="completed", **BOOKED), "CLOSE", speeding(30, 42, course_result="completed"), "COURSE:NSAC"),
    Edge("R66", speeding(30, 50, plea="none", **SJP), "PROVE_IN_ABSENCE", speeding(30, 50, plea="none", **SJP), "WAIT", on="2026-07-29", on_outside="2026-07-28", speaks_outside=True),
    Edge("R66", speeding(30, 50, printed_until="2026-08-03", **SJP), "PROVE_IN_ABSENCE", speeding(30, 50, printed_until="2026-08-03", **SJP), "WAIT", on="2026-08-04", on_outside="2026-08-03", speaks_outside=True),
    Edge("R66", speeding(30, 50, **SJP | {"served_on": "2026-07-10"}), "PROVE_IN_ABSENCE", speeding(30, 50, **SJP | {"served_on": "2026-07-10"}), "WAIT", on="2026-08-01", on_outside="2026-07-31", speaks_outside=True),
    Edge("R66", speeding(30, 50, **SJP | {"served_on": None}), "WAIT", speeding(30, 50, plea="guilty", **SJP), "SJP", on="2026-07-28"),
    Edge("R67", speeding(30, 50, plea="not_guilty", **SJP), "LIST_HEARING", speeding(30, 50, plea="none", **SJP), "WAIT"),
    Edge("R67", speeding(30, 50, plea="guilty_hearing", **SJP), "LIST_HEARING", speeding(30, 50, plea="not_guilty"), "SJP"),
    Edge("R68", speeding(30, 50, set_aside=True), "RELIST", speeding(30, 50), "SJP"),
    Edge("R69", speeding(30, 50, cancel=True, payment="full"), "REFUND", speeding(30, 50, payment="full"), "SJP"),
    Edge("R69", speeding(30, 50, cancel=True), "CLOSE", speeding(30, 50), "SJP"),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=[f"{edge.rule}-{n}" for n, edge in enumerate(EDGES)])
def test_a_rule_just_inside_and_just_outside(edge: Edge) -> None:
    inside = decide(edge.inside, on=edge.on, policy=edge.policy)
    assert inside.summary == edge.then
    assert said(inside, edge.rule) is not None
    policy = edge.policy if edge.policy_outside is None else edge.policy_outside
    outside = decide(edge.outside, on=edge.on_outside or edge.on, policy=policy)
    assert outside.summary == edge.else_
    spoken = said(outside, edge.rule)
    assert (spoken is not None) == edge.speaks_outside
    if spoken is not None and (edge.on_outside or edge.then != edge.else_):
        assert spoken != said(inside, edge.rule)
    assert all(option.reasons for found in (inside, outside) for option in found.options)


def test_every_rule_of_the_sheet_has_an_example_on_either_side_and_one_function_with_its_authority() -> None:
    sheet = {rule.id for rule in rules()}
    assert sheet == {edge.rule for edge in EDGES} == set(FUNCTIONS)
    assert len({rule.says for rule in rules()}) == len(rules()) == 65
    for rule in rules():
        assert rule.title
        assert str(rule.authority)
        assert rule.confidence in {"H", "M", "L", "H S"}
        assert rule.says.__doc__


@pytest.mark.parametrize("edge", EDGES, ids=[f"{edge.rule}-{n}" for n, edge in enumerate(EDGES)])
def test_a_rule_that_is_not_asked_would_have_said_nothing(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (
        decide(edge.inside, on=edge.on, policy=edge.policy),
        decide(edge.outside, on=edge.on, policy=edge.policy),
    )
    monkeypatch.setattr(disposing, "worth_asking", lambda _code, _given: rules())
    assert asked == (
        decide(edge.inside, on=edge.on, policy=edge.policy), decide(edge.outside, on=edge.on, policy=edge.policy)
    )  # fmt: skip
    monkeypatch.undo()
    assert decide(read_allegation(edge.inside), on=edge.on, policy=edge.policy) == asked[0]  # type: ignore[arg-type]


def test_a_rule_speaks_only_from_the_day_it_is_stated_for() -> None:
    since = {rule.id: rule.effective_from for rule in rules() if rule.effective_from}
    assert set(since) == {"R10", "R11", "R12", "R13", "R25", "R26", "R27", "R28", "R66"}
    early = decide(
        speeding(
            30,
            50,
            offence_on="2020-10-04",
            **SJP | {"offered_on": "2020-12-01", "served_on": "2020-12-03"},
            notice_posted_on="2020-10-06",
            device_certified_from="2020-01-01",
        ),
        on="2021-02-01",
    )
    assert said(early, "R66") is None
    later = decide(
        speeding(
            30,
            50,
            offence_on="2020-10-05",
            **SJP | {"offered_on": "2020-12-01", "served_on": "2020-12-03"},
            notice_posted_on="2020-10-07",
            device_certified_from="2020-01-01",
        ),
        on="2021-02-01",
    )
    assert later.taken == "prove_in_absence"


def test_the_lines_that_decide_nothing_here_say_why_and_who_holds_to_them() -> None:
    assert [each.id for each in elsewhere()] == ["R70", "R71", "R72", "R73", "R74"]
    for each in elsewhere():
        assert each.id not in FUNCTIONS
        assert each.title
        assert each.authority
        assert each.why.endswith(".")
        assert each.held.endswith(".")
