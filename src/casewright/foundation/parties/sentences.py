"""What the journal says of parties and identities: one sentence for each verb."""

SENTENCES = {
    "parties.join": "{actor} recorded that this is the same person as on other matters: {text}",
    "parties.part": "{actor} took back that this is the same person: {text}",
}
