"""Asking for badges: an organisation says what it wants to see and what for; a wallet answers, once, signed for that."""
