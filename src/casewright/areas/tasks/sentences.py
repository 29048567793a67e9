SENTENCES = {
    "tasks.give": "{actor} gave a task: {task}, due {due}. {text}",
}
