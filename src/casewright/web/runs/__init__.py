"""Long work: what runs, how far it is, and how to steer it."""
