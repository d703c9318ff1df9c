"""How far to trust: origins, Admiralty grades, confidence, the source summary."""
