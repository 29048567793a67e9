"""Pages: server-rendered doors into the areas. One folder per area; layouts and components are shared."""
