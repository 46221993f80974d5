"""How is a file read that may kill its reader? In a worker process, step by step, under limits."""
