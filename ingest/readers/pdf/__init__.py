"""Reads PDFs and pictures of pages: PDFium's lines become paragraphs and tables; pages that are pictures go to OCR.

Public: `ocr.read_picture`, `reader.read_pdf`.
"""
