"""What the journal says of people and their sign-ins: one sentence for each verb."""

SENTENCES = {
    "people.move_clock": "{actor} moved the demonstration's clock by {days} days.",
    "people.sign_in": "{actor} signed in.",
}
