"""Letters of the traffic area: which there are, and what each needs to be produced.

A letter is four things of one name: its template (`NAME.typ`), what is known of it (`NAME.toml`), the data it prints
(`NAME.py`), and its line in LETTERS below. docs/how-to/add-a-letter.md leads through them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casewright.areas.traffic.actions import notices, posting
from casewright.areas.traffic.letters import nip_s172


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What a print run needs of one letter.

    `called` is what one of it is called; `waits_at` is the status at which matters wait for it, and `waits` says so in
    a sentence; `when_posted` is the sentence of what its posting means. `sort_out` says which may have it today and why
    others may not; `letters_data` gives one letter's data per matter; `record_produced` moves the matters on;
    `record_posted` says what its posting changes; `example` is invented data to look at it with.
    """

    name: str
    called: str
    run_title: str
    permission: str
    waits_at: str
    waits: str
    when_posted: str
    sort_out: Callable[..., tuple[list[int], list[notices.Unfit]]]
    letters_data: Callable[..., list[dict[str, Any]]]
    record_produced: Callable[..., None]
    record_posted: Callable[..., posting.Posted]
    example: dict[str, Any]

    @property
    def template(self) -> Path:
        """The letter's Typst file."""
        return Path(__file__).parent / f"{self.name}.typ"


LETTERS: dict[str, LetterKind] = {
    kind.name: kind
    for kind in (
        LetterKind(
            name=notices.KIND,
            called="notice",
            run_title="First notices with driver enquiry, English",
            permission="traffic.produce_notice",
            waits_at="keeper_found",
            waits="Notices wait here once DVLA has named the keeper.",
            when_posted="Each notice is met from that day with the receipt as proof, and the 28 days to say who drove "
            "begin to run from presumed service.",
            sort_out=notices.sort_out,
            letters_data=nip_s172.letters_data,
            record_produced=notices.record_produced,
            record_posted=posting.record_posting,
            example=nip_s172.EXAMPLE,
        ),
    )
}
