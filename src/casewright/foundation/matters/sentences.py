"""What the journal says of matters: one sentence for each verb."""

SENTENCES = {
    "matters.hand_back": "{actor} gave the matter back to its queue because its owner is not here any more.",
    "matters.take": "{actor} took this matter.",
    "matters.note": "Note by {actor}: “{text}”",
    "matters.link": "{actor} linked another matter: {how}.",
    "matters.restrict": "{actor} restricted this matter: “{text}”",
    "matters.lift_restriction": "{actor} lifted the restriction: “{text}”",
    "matters.give_leave": "{actor} gave a colleague leave to see this matter: “{text}”",
    "matters.end_leave": "{actor} ended a colleague’s leave to see this matter.",
    "matters.break_glass": "{actor} broke the glass for {reference}: “{text}”",
    "matters.review_glass": "{actor} reviewed the glass broken for {reference}, found {found}: “{text}”",
    "matters.declare_conflict": "{actor} declared a conflict of interest: “{text}”",
    "matters.end_conflict": "{actor} ended a colleague’s conflict of interest.",
    "matters.release": "{actor} gave this matter back to the queue {queue}.",
    "records.place_hold": "{actor} placed a legal hold on this matter: “{text}”",
    "records.lift_hold": "{actor} lifted a legal hold: “{text}”",
    "records.propose_destroy": "{actor} proposed to destroy matter {reference}.",
    "records.decline_destroy": "{actor} declined to destroy matter {reference}: “{text}”",
    "records.withdraw_destroy": "{actor} withdrew their own proposal to destroy matter {reference}.",
    "records.destroy": "{actor} approved the destruction of matter {reference}: {rows} rows gone.",
}
