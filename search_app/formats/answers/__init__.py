"""What does the JSON hold? A schema for each answer: it describes the answer, and it writes it."""
