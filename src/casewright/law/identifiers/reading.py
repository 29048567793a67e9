"""What every identifier shares: its form once read, the refusal that names the character, the check letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# The 23 check letters of police and court numbers, by remainder: I, O and S are never one of them.
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
CHECK = f"[{''.join(sorted(CHECK_LETTERS))}]"
# What is mistaken for what, by eye, by scanner or on the keyboard.
LOOKALIKES: Mapping[str, str] = {
    "0": "OQD", "1": "IL", "2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B",
    "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "A": "4", "S": "5", "G": "6", "T": "7", "B": "8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in one form (`normal`), as people write it (`shown`), and what its parts say."""

    kind: str
    normal: str
    shown: str
    parts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The identifier in plain JSON values."""
        return {"kind": self.kind, "normal": self.normal, "shown": self.shown, "parts": dict(self.parts)}


class NotValid(ValueError):
    """Not an identifier of its kind: a sentence for a person, the character at fault, the form that would fit.

    `position` counts characters from 1, blanks left out; None where no one character is at fault. `likely` is empty
    where nothing likely fits; it is shown and never taken over by itself.
    """

    def __init__(self, given: str, reason: str, likely: str = "", position: int | None = None) -> None:
        super().__init__(reason)
        self.given, self.reason, self.likely, self.position = given, reason, likely, position

    def as_json(self) -> dict[str, object]:
        """The refusal in plain JSON values."""
        return {"error": self.reason, "given": self.given, "position": self.position, "likely": self.likely}


Once = Callable[[str], Identifier]


def check_letter(number: int) -> str:
    """The check letter of a number: by its remainder after 23."""
    return CHECK_LETTERS[number % len(CHECK_LETTERS)]


def plain(given: str) -> str:
    """Capitals, without any blank."""
    return "".join(given.split()).upper()


def read_once(given: str, once: Once) -> Identifier:
    """Read a text by `once`; where it does not fit, look for the one mistaken character that would make it fit.

    :raises NotValid: with the reason of `once`, or with that character and the likely form
    """
    text = plain(given)
    try:
        return once(text)
    except NotValid as problem:
        if not text:
            raise NotValid(given, "Nothing was typed.") from None
        if problem.likely:
            raise
        raise _mistaken(given, text, once) or NotValid(given, problem.reason) from None


def _mistaken(given: str, text: str, once: Once) -> NotValid | None:
    for place, character in enumerate(text):
        for other in LOOKALIKES.get(character, ""):
            try:
                found = once(text[:place] + other + text[place + 1 :])
            except NotValid:
                continue
            said = f"{character} is not right as character {place + 1}; {found.shown} would fit."
            return NotValid(given, said, found.shown, place + 1)
    return None


def wrong_letter(text: str, right: str, likely: str) -> NotValid:
    """The refusal of a wrong check letter. A figure may be the wrong one: a person looks at both."""
    said = f"The check letter of these figures is {right}, not {text[-1]}; {likely} would fit, or a figure is wrong."
    return NotValid(text, said, likely, len(text))
