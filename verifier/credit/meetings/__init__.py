"""Meetings of the commission: planned, moved or cancelled with notice to its members, held by those who came (R12, R22)."""
