"""The learner's portfolio: what they say of themselves, their works, goals and notes, what it all adds up to."""
