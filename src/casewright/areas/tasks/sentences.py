"""What the journal says of tasks: one sentence for each verb."""

SENTENCES = {
    "tasks.give": "{actor} gave a task: {task}, due {due}. {text}",
    "tasks.finish": "{actor} finished what was given out ({task}): {outcome}. {text}",
}
