"""How the record of a matter ends: legal holds, proposals to destroy, certificates."""
