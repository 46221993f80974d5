"""What is the answer to a request? Results and pages as plain values, the same for every interface."""
