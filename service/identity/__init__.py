"""Accounts, sessions, guardianship and the schools' rolls: the one place that knows people by name."""
