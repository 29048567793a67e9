"""What the journal says of matters: one sentence for each verb."""

SENTENCES = {
    "matters.hand_back": "{actor} gave the matter back to its queue because its owner is not here any more.",
    "matters.take": "{actor} took this matter.",
    "matters.note": "Note by {actor}: “{text}”",
    "matters.link": "{actor} linked another matter: {how}.",
    "records.propose_destroy": "{actor} proposed to destroy matter {reference}.",
    "records.destroy": "{actor} approved the destruction of matter {reference}: {rows} rows gone.",
}
