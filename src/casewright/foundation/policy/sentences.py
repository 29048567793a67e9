"""What the journal says of the unit's own settings: one sentence for each verb."""

SENTENCES = {
    "policy.propose": "{actor} proposed a new value of {key} from {from}.",
    "policy.turn_down": "{actor} turned down the new value of {key}.",
    "policy.withdraw": "{actor} withdrew their own proposal of a new value of {key} from {from}.",
    "policy.approve": "{actor} approved the new value of {key}.",
}
