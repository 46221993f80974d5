"""What do the commands do on disk, operation by operation? Recorded, made to fail, or killed in between."""
