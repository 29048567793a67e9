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
        return f"{self.fact} cannot be {self.value!s}: expected {self.expected}."


class NoHolidays(InvalidFacts):
    """A count would need the bank holidays of a year that is not loaded. Nothing is guessed."""

    def __init__(self, on: date | int, first: int, last: int) -> None:
        self.first, self.last = first, last
        super().__init__("date", on, f"a date in a year whose bank holidays are loaded, {first} to {last}")

    def __reduce__(self) -> tuple[type["NoHolidays"], tuple[object, ...]]:
        return type(self), (self.value, self.first, self.last)


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
