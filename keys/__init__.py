"""Who stands behind a credential: organisations, keys, DIDs, proofs, the journal and the one door to other people's servers."""
