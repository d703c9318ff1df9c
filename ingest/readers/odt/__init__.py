"""Reads OpenDocument text (.odt).

Public: `reader.read_open_document`.
"""
