SENTENCES = {
    "people.move_clock": "{actor} moved the demonstration's clock by {days} days.",
    "people.sign_in": "{actor} signed in.",
}
