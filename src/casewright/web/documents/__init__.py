"""Letters and print runs: produce, look, hand to the printer, record the posting; a reprint asks a person."""
