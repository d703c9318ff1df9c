"""Text without any format: bytes to characters, cleaning, hard-wrapped lines, sentences as spans."""
