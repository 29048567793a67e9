"""What the journal says of files, held items and messages: one sentence for each verb."""

SENTENCES = {
    "messages.ask_dvla": "{actor} asked DVLA who kept the vehicle.",
    "intake.receive_file": "{actor} gave the file {reference}; rows in it: {rows}.",
    "intake.refuse_file": "{actor} gave a file that was not taken in. {text}",
    "held.replay": "{actor} mended row {row} and replayed it, now {outcome}: {text}",
    "held.refuse": "{actor} refused row {row}: {text}",
}
