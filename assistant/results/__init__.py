"""What leaves the desk: answers, briefings, citations, and what the desk adds to a quoted sentence."""
