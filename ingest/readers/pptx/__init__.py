"""Slides in reading order."""
