"""The page: HTML that is complete without JavaScript, every state of it a URL."""
