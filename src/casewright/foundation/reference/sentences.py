"""What the journal says of reference lists: one sentence for each verb."""

SENTENCES = {
    "reference.propose_holiday": "{actor} proposed {name} on {on} as a change of the bank holidays ({source}).",
    "reference.turn_down_holiday": "{actor} turned down the proposed bank holiday {name}.",
    "reference.withdraw_holiday": "{actor} withdrew their own proposal of {name} on {on}.",
    "reference.approve_holiday": "{actor} approved {name} on {on} as a change of the bank holidays ({source}).",
}
