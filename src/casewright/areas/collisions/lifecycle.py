"""The life of a collision matter until somebody decides whether anyone is to be prosecuted."""

from __future__ import annotations

from casewright.foundation.lifecycle import NEW, Lifecycle, move

LIFECYCLE = Lifecycle(
    kind="collision",
    statuses={
        "received": "Report received",
        "no_further_action": "No further action",
        "time_barred": "Time limit passed",
    },
    moves=(
        move("collisions.receive", {NEW}, "received", "intake.upload"),
        move("collisions.receive_late", {NEW}, "time_barred", "intake.upload", "MCA 1980 s.127(1)"),
        move("collisions.end", {"received"}, "no_further_action", "collisions.decide"),
        move(
            "collisions.pass_time_limit",
            {"received"},
            "time_barred",
            "collisions.decide",
            "MCA 1980 s.127(1)",
        ),
    ),
    closed=frozenset({"no_further_action", "time_barred"}),
)

NEXT = {"received": ("Decide whether anyone is to be prosecuted", "collisions", 30)}
