"""Signing in through a national or regional identity provider (OpenID Connect Core 1.0, authorization code flow)."""
