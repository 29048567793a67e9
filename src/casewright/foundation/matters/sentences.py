SENTENCES = {
    "matters.take": "{actor} took this matter.",
    "matters.note": "Note by {actor}: “{text}”",
    "matters.link": "{actor} linked another matter: {how}.",
}
