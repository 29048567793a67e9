"""Who may see a matter: restrictions, leave, conflicts, broken glass."""
