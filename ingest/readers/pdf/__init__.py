"""Reads PDFs and pictures of pages: PDFium's lines become paragraphs and tables; pages that are pictures go to OCR.

Public: `reader.read_pdf`, `ocr.read_picture`.
"""
