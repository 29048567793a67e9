"""The virus scanner: ClamAV's daemon, asked over its own protocol."""
