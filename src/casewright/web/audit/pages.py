"""What a look at each page is called, and why somebody looked, in words."""

from __future__ import annotations

from casewright.web.audit.forms import PURPOSES
from casewright.web.reasons import ASKED

# Every address whose look is logged (docs/reference/log.csv), as it follows the doer.
PAGES = {
    "my_day": "opened their day",
    "worklist": "opened a worklist",
    "matter": "opened the matter",
    "decide_allegation": "opened the matter to decide an allegation",
    "to_review": "opened the provisional decisions",
    "note": "opened the matter to write a note",
    "found": "searched",
    "who_sees": "asked who can see the matter",
    "restrict": "opened the matter to restrict it",
    "lift_restriction": "opened the matter to lift its restriction",
    "give_leave": "opened the matter to give leave",
    "declare_conflict": "opened the matter to declare a conflict",
    "conflicts": "opened the declared conflicts",
    "glass_reviews": "opened the list of broken glass",
    "review_glass": "opened broken glass to review it",
    "place_hold": "opened the matter to place a hold",
    "lift_hold": "opened the matter to lift a hold",
    "propose_destroy": "opened the matter to propose its destruction",
    "destructions": "opened the list of destructions",
    "destruction": "opened a destruction",
    "name_keeper": "opened the matter to name its keeper",
    "decide_default": "opened the matter to decide a default",
    "cancel": "opened the matter to cancel it",
    "end_collision": "opened the collision to end it",
    "print_run": "opened a print run",
    "again": "opened a print run to hand it over again",
    "posted": "opened a print run to record its posting",
    "manifest": "took the manifest of a print run",
    "letter": "opened a letter",
    "letter_picture": "was shown a page of a letter",
    "letter_copy": "took a copy of a letter",
    "document": "took a document",
    "intake_file": "opened a file of intake",
    "held": "opened the held rows",
    "held_row": "opened a held row",
    "decisions": "opened the decisions",
    "replay": "replayed a decision",
    "consistency": "compared how like cases were decided",
    "like_cases": "opened the cases behind a rate",
    "audit": "read the log",
    "try_it": "opened Try it",
    "rule": "read a rule with the matters whose day under it comes next",
    "figure": "tried a figure of the unit",
    "figure_proposal": "opened a proposed figure",
    "bank_holiday": "opened a proposed bank holiday",
}
REASONS = {
    "own": "their own work",
    "team": "their team’s work",
    "supervision": "supervision",
    "records": "keeping of records",
    "search": "a search",
    "task": "a task given to them",
    "leave": "leave given",
    "glass": "broken glass",
    "own_case": "the officer’s own case",
    "keeper_enquiry": "to find who kept the vehicle",
    "act": "an act on it that was refused at first",
    "manifest": "the proof of posting",
    "print_run": "work on print runs",
    "again": "work on print runs",
    "posted": "work on print runs",
    "intake_file": "work on intake",
    "held": "work on intake",
    "held_row": "work on intake",
    "to_review": "review of provisional decisions",
    "decisions": "checking of decisions",
    "consistency": "checking that like cases are decided alike",
    "like_cases": "checking that like cases are decided alike",
    "conflicts": "conflicts of interest",
    "glass_reviews": "review of broken glass",
    "review_glass": "review of broken glass",
    "destructions": "keeping of records",
    "destruction": "keeping of records",
    "try_it": "the demonstration",
    "rule": "reading of the law",
    "figure": "the unit’s own figures",
    "figure_proposal": "the unit’s own figures",
    "bank_holiday": "bank holidays",
    **{code: words[0].lower() + words[1:] for code, words in (ASKED | PURPOSES).items()},
}


def page_in_words(page: str) -> str:
    """What a person did who was shown a page; a page that is no more is told by its name."""
    return PAGES.get(page, f"opened the page “{page.replace('_', ' ')}”")


def reason_in_words(code: str) -> str:
    """Why, in words: the task at hand, or what was said when it was asked."""
    kind, _, rest = code.partition(" ")
    if kind in ("queue", "worklist") and rest:
        return f"the worklist “{rest.replace('_', ' ')}”"
    return REASONS.get(code, code.replace("_", " "))
