"""Chat models: providers, what they are given, streaming to sentences, review of what they write."""
