"""Catalogues of outcomes that the network publishes: brought as files, looked at, published under addresses that stay."""
