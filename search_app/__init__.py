"""How people ask, and what they see."""
