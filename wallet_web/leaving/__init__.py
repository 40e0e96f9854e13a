"""Leaving: a wallet is closed at once and erased four weeks later; until then whoever closed it may come back."""
