"""The demonstration municipality: invented people and organisations, real keys and real signatures."""
