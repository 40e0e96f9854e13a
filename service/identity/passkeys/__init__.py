"""Passkeys: signing in with a device of one's own instead of a password (W3C WebAuthn Level 3)."""
