"""Reads OpenDocument text (.odt).

Public: `reader.read_odt`.
"""
