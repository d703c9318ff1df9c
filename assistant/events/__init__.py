"""What happened, when, where, who, how many: extraction, and chronologies made of it."""
