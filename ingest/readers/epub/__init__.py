"""E-books: package, chapters, notes beside what they note."""
