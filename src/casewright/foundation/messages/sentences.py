"""What the journal says of files, held items and messages: one sentence for each verb."""

SENTENCES = {
    "messages.ask_dvla": "{actor} asked DVLA who kept the vehicle.",
    "intake.receive_file": "{actor} gave the file {reference}; rows in it: {rows}.",
    "intake.refuse_file": "{actor} gave a file that was not taken in. {text}",
    "held.replay": "{actor} mended row {row} and replayed it, now {outcome}: {text}",
    "held.refuse": "{actor} refused row {row}: {text}",
    "held.remove": "{actor} removed what rows of {reference} said, their last day having passed: {rows}; "
    "still to be mended, and refused thereby: {unmended}.",
}
