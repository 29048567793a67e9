"""What the journal says of traffic matters: one sentence for each verb."""

SENTENCES = {
    "traffic.receive": "Received as row {row} of an upload and accepted.",
    "traffic.end_at_receipt": "Received as row {row} of an upload and ended at once: {reason}.",
    "traffic.accept_keeper": "{actor} accepted the keeper returned by DVLA: {text}, keeper since {since}.",
    "traffic.name_keeper": "{actor} named the keeper after enquiry: {text}",
    "traffic.refer_to_enquiries": "{actor} passed the matter to enquiries. {why}",
    "traffic.produce_notice": "{actor} produced the notice in print run {run}, pages {pages}.",
    "traffic.record_posting": "{actor} recorded the notice as sent by {how} on {sent_on}; presumed served on {served}.",
    "traffic.withdraw_notice": "{actor} withdrew the produced notice of print run {run}: {text}",
    "traffic.end_late_notices": "{subject} ended: no notice had been served by {last_day}, the last lawful day.",
    "traffic.end_time_barred": "{subject} ended: it was not charged by {last_day}, the last lawful day.",
    "traffic.record_default": "No answer came by {last_day}; failing to identify the driver is alleged as number {number}.",
    "traffic.decide_default": "{actor} decided: {taken}. {text}",
    "traffic.register_site": "{actor} registered site {code}, limit {limit} mph.",
    "traffic.register_device": "{actor} registered device {code}, type {approval}.",
    "traffic.add_certificate": "{actor} added a certificate of device {code}, from {first} to {last}.",
    "traffic.end_certificate": "{actor} ended a certificate of device {code} with {last}: {text}",
    "traffic.decide_allegation": "{actor} decided allegation {number}: {taken}. {text}",
    "traffic.decide_provisionally": "{actor} decided allegation {number} provisionally: {taken}, until this comes: {awaits}; looked at again by {review_on}. {text}",
    "traffic.cancel": "{actor} ended the matter: {reason}. {text}",
}
