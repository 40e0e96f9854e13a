"""Results without an application (DOMAIN §2.6): the network form under a contract, and the family's choice of no credit."""
