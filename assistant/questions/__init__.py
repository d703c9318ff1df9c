"""What is asked: follow-ups, instructions, parts, the type of answer, the time, the topic, what is ambiguous."""
