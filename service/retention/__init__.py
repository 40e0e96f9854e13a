"""How long each kind of record stays, as rows that the operator may change, and the round that deletes or blocks on time."""
