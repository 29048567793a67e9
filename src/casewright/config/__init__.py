"""Settings, addresses and which adapter is plugged in: wiring only."""
