"""What a demonstration or a test run needs of the machine: PostgreSQL, assets, processes kept alive."""
