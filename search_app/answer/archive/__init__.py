"""What is asked of the archive itself? What it holds, what is alike, what changed."""
