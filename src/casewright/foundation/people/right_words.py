"""Each right in the words that people read: on the page of rights, when a deputy is named, in what they are told."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "matter.read": "Read matters",
    "matter.note": "Write notes on a matter",
    "matter.take": "Take a matter on",
    "matter.restrict": "Restrict a matter to named people",
    "matter.give_leave": "Give leave to see a matter",
    "matter.break_glass": "Break the glass: see a matter without leave, with a reason",
    "matter.review_glass": "Review broken glass",
    "matter.declare_conflict": "Declare a conflict of interest",
    "matter.end_conflict": "End a conflict of interest",
    "intake.upload": "Give files to intake",
    "intake.read": "See what came in",
    "held.mend": "Mend held rows",
    "held.refuse": "Refuse held rows",
    "traffic.accept_keeper": "Name or correct the keeper",
    "traffic.produce_notice": "Produce notices",
    "traffic.promise_posting_receipt": "Promise a posting receipt",
    "traffic.record_posting": "Record the posting",
    "traffic.keep_register": "Keep the register of sites and devices",
    "traffic.cancel": "Cancel a traffic matter",
    "traffic.decide_default": "Decide a failure to say who drove",
    "collisions.decide": "End a collision matter",
    "print_run.read": "See print runs",
    "print_run.hand_over": "Hand print runs to the printer",
    "print_run.reprint": "Produce letters again",
    "task.finish": "Finish a task",
    "decision.within_policy": "Decide allegations within the unit's policy",
    "decision.outside_policy": "Decide allegations outside the unit's policy",
    "decision.without_fall_back": "Choose what leaves no time to charge if it fails",
    "decision.replay": "Run decisions again",
    "decision.monitor": "Compare how like cases were decided",
    "run.read": "See long work",
    "run.control": "Pause, resume and stop long work",
    "health.read": "See the health of the installation",
    "policy.propose": "Propose the unit's figures and bank holidays",
    "policy.approve": "Approve the unit's figures and bank holidays",
    "records.read": "See proposals to destroy and certificates",
    "records.hold": "Place and lift legal holds",
    "records.propose_destroy": "Propose to destroy a matter",
    "records.approve_destroy": "Approve the destruction of a matter",
    "people.manage": "Add people, place them, end their access",
    "people.propose_role": "Propose a role",
    "people.approve_role": "Approve a role",
    "people.assess_skill": "Assess a skill",
    "people.delegate": "Name a deputy",
    "journal.audit": "Read the log",
    "demo.move_clock": "Move the demonstration's clock",
    "law.read": "Read the law",
}


def words_of_right(permission: str) -> str:
    """A permission in words: ``Record the posting`` for ``traffic.record_posting``; a right of old keeps its name."""
    return WORDS.get(permission, permission)
