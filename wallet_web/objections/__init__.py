"""A learner of 14 or more objects to what was done in their name; it stops until the school has answered (DOMAIN §4)."""
