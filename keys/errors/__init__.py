"""What can go wrong with keys, proofs, organisations, what they publish, and the journal."""
