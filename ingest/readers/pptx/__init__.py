"""Reads PowerPoint files (.pptx): each slide a page, its shapes in reading order.

Public: `reader.read_slides`.
"""
