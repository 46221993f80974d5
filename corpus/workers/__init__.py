"""How is a file read that may kill whoever reads it? In another process, item by item, under limits."""
