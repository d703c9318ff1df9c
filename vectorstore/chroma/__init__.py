"""Chroma in a process of its own: who owns it, whether its files are sound, how far it has drifted."""
