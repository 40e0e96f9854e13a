"""How fast the acts are that routes and batches use, beside what the signature itself costs and beside pyld."""
