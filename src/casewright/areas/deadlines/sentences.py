SENTENCES = {
    "deadlines.supersede": "A clock ({rule}) was counted again and moved from {was} to {now}: {text}",
}
