"""What the journal says of decisions: one sentence for each verb."""

SENTENCES = {"decisions.wake": "A provisional decision is to be looked at again: {item} has come."}
