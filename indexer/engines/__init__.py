"""The engines: each answers the same questions with the same results."""
