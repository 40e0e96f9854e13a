"""Keeps and shows credentials: the learner's wallet, consent and sharing."""
