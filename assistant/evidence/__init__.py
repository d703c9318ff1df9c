"""Sentences scored for a question, how likely they answer it, and whether to refuse."""
