"""Chat models: providers, streaming to sentences, review of what they write."""
