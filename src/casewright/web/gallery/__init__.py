"""Every component in every state, from invented people: looked at by those who build pages, and by axe."""
