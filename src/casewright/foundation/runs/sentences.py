"""What the journal says of long work: one sentence for each verb."""

SENTENCES = {
    "runs.paused": "{actor} paused the run.",
    "runs.going": "{actor} let the run go on.",
    "runs.stopped": "{actor} stopped the run.",
}
