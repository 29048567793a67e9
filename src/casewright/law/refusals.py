"""What the law library refuses to answer, each refusal naming what is wrong and what is expected."""

from datetime import date


class InvalidFacts(ValueError):
    """A fact is missing, unknown, contradictory or impossible. One sentence fit for a person."""

    def __init__(self, fact: str, value: object, expected: str) -> None:
        self.fact, self.value, self.expected = fact, value, expected
        super().__init__(fact, value, expected)

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.fact} is missing: expected {self.expected}."
        if self.value == "":
            return f"{self.fact} is empty: expected {self.expected}."
        return f"{self.fact} cannot be {self.value!s}: expected {self.expected}."


class NoHolidays(InvalidFacts):
    """A count would need the bank holidays of a year that is not loaded. Nothing is guessed."""

    def __init__(
        self, on: date | int, first: int, last: int, fact: str = "date", value: object = None
    ) -> None:
        """`on`: the day (or year) the count came to; `fact`, `value`: the fact it was counted from, if it is known."""
        self.on, self.first, self.last = on, first, last
        loaded = f"a date in a year whose bank holidays are loaded, {first} to {last}"
        counted = "" if value is None or value == on else f"; the count comes to {on}"
        super().__init__(fact, on if value is None else value, loaded + counted)

    def counted_from(self, fact: str, value: object) -> "NoHolidays":
        """The same refusal, naming the fact that was given in place of the day the count came to."""
        return NoHolidays(self.on, self.first, self.last, fact, value)

    def __reduce__(self) -> tuple[type["NoHolidays"], tuple[object, ...]]:
        return type(self), (self.on, self.first, self.last, self.fact, self.value)


class NoLawInForce(LookupError):
    """The rule has no version stated for the day asked about. The last one known is never used instead."""

    def __init__(self, rule_id: str, on: date, stated: str) -> None:
        self.rule_id, self.on, self.stated = rule_id, on, stated
        super().__init__(rule_id, on, stated)

    def __str__(self) -> str:
        return f"No version of {self.rule_id} is stated for {self.on.isoformat()}: {self.stated}."


class UnknownRule(InvalidFacts):
    """The catalogue has no rule of this id."""

    def __init__(self, rule_id: str, nearest: str = "") -> None:
        hint = f"a rule id such as {nearest}" if nearest else "a rule id listed by law.rules()"
        self.nearest = nearest
        super().__init__("rule", rule_id, hint)

    def __reduce__(self) -> tuple[type["UnknownRule"], tuple[object, ...]]:
        return type(self), (self.value, self.nearest)
