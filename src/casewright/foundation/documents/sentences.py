"""What the journal says of print runs and letters: one sentence for each verb."""

SENTENCES = {
    "documents.hand_over_letter": "{actor} gave the letter of print run {reference} to the printer for its addressee.",
    "documents.take_copy": "{actor} took a copy of a {of}.",
    "print_run.start": "{actor} began print run {reference}; matters chosen: {chosen}.",
    "print_run.begin_hand_over": "{actor} began to hand print run {reference} to the printer.",
    "print_run.confirm_hand_over": "{actor} handed print run {reference} to the printer.",
    "print_run.hand_over_again": "{actor} gave print run {reference} to the printer again: {text}",
    "print_run.record_posted": "{actor} recorded print run {reference} as posted, receipt {text}.",
}
