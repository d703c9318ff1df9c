"""Pages: PDFium's lines to paragraphs and tables, OCR where a page is a picture."""
