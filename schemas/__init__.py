"""What a credential is: pure functions and values that know no clock, network, secret or database."""
