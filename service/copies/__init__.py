"""Copies of an installation: made while it runs, sealed under its secret, and brought back (THREATS W5, W12)."""
