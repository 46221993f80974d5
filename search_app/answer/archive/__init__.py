"""What can be asked about the archive itself? What it holds, which articles are similar, and what changed."""
