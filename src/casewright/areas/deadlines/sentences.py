"""What the journal says of clocks: one sentence for each verb."""

SENTENCES = {
    "deadlines.supersede": "A clock ({rule}) was counted again and moved from {was} to {now}: {text}"
}
