"""What the journal says of collision reports: one sentence for each verb."""

SENTENCES = {
    "collisions.receive": "Collision report {index} was received.",
    "collisions.receive_late": "Collision report {index} was received after its six months had passed, and closed.",
    "collisions.pass_time_limit": "The six months to prosecute ended on {last_day} with no decision; the matter closed.",
    "collisions.end": "{actor} decided that nobody is to be prosecuted: {text}",
}
