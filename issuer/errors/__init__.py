"""What can be refused while badges are described, ordered, changed, fetched and asked for."""
