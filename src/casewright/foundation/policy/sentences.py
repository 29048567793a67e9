SENTENCES = {
    "policy.propose": "{actor} proposed a new value of {key} from {from}.",
    "policy.approve": "{actor} approved the new value of {key}.",
}
