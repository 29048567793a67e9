"""The life of a traffic matter and of each of its allegations (reference traffic.md 1.2, 1.3)."""

from __future__ import annotations

from casewright.foundation.lifecycle import NEW, Lifecycle, move

_BEFORE_NOTICE = ("awaiting_keeper", "enquiries", "keeper_found", "notice_produced")
_OPEN = (*_BEFORE_NOTICE, "notice_posted", "s172_default", "prosecution_file")

LIFECYCLE = Lifecycle(
    kind="traffic",
    statuses={
        "awaiting_keeper": "Keeper asked for",
        "enquiries": "Keeper enquiries",
        "keeper_found": "Keeper found",
        "notice_produced": "Notice produced",
        "notice_posted": "Reply awaited",
        "s172_default": "No reply",
        "prosecution_file": "To be charged",
        "no_further_action": "No further action",
        "cancelled": "Cancelled",
    },
    moves=(
        move("traffic.receive", {NEW}, "awaiting_keeper", "intake.upload"),
        move("traffic.end_at_receipt", {NEW}, "no_further_action", "intake.upload"),
        move(
            "traffic.accept_keeper",
            {"awaiting_keeper", "enquiries"},
            "keeper_found",
            authority="RTA 1988 s.172(2)(a)",
        ),
        move(
            "traffic.name_keeper",
            {"awaiting_keeper", "enquiries", "keeper_found"},
            "keeper_found",
            "traffic.accept_keeper",
            authority="RTA 1988 s.172(2)(a)",
        ),
        move("traffic.refer_to_enquiries", {"awaiting_keeper"}, "enquiries", "traffic.accept_keeper"),
        move(
            "traffic.produce_notice",
            {"keeper_found"},
            "notice_produced",
            authority="RTOA 1988 s.1(1)(c); RTA 1988 s.172",
        ),
        move(
            "traffic.record_posting",
            {"notice_produced"},
            "notice_posted",
            authority="CrimPR 4.11(2)(b), 4.12",
        ),
        move("traffic.withdraw_notice", {"notice_produced"}, "keeper_found", "print_run.reprint"),
        move(
            "traffic.record_default", {"notice_posted"}, "s172_default", authority="RTA 1988 s.172(3), (7)(a)"
        ),
        move(
            "traffic.prepare_prosecution",
            set(_OPEN) - {"prosecution_file"},
            "prosecution_file",
            "traffic.decide_default",
            authority="CJA 2003 s.29",
        ),
        move("traffic.end_without_action", _OPEN, "no_further_action", "traffic.cancel"),
        move("traffic.cancel", _OPEN, "cancelled"),
    ),
    closed=frozenset({"no_further_action", "cancelled"}),
)

ALLEGATION = Lifecycle(
    kind="allegation",
    statuses={"alleged": "Alleged", "prosecution_file": "To be charged", "ended": "Ended"},
    moves=(
        move("allegation.allege", {NEW}, "alleged", "intake.upload"),
        move("allegation.prepare_prosecution", {"alleged"}, "prosecution_file", "traffic.decide_default"),
        move("allegation.end", {"alleged", "prosecution_file"}, "ended", "traffic.cancel"),
    ),
    closed=frozenset({"ended"}),
)

WAITING_OUTSIDE = frozenset({"awaiting_keeper", "notice_posted"})

# What is done next at each status, in which queue, and how many days that work itself needs.
NEXT = {
    "awaiting_keeper": ("Wait for DVLA to name the keeper", "notices", 3),
    "enquiries": ("Find the keeper", "enquiries", 3),
    "keeper_found": ("Produce the notice", "notices", 2),
    "notice_produced": ("Post the notice", "notices", 1),
    "notice_posted": ("Wait for the keeper's reply", "replies", 2),
    "s172_default": ("Decide whether to charge failing to identify the driver", "decisions", 30),
    "prosecution_file": ("Issue the written charge", "decisions", 30),
}
