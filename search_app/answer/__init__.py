"""What is answered? Results and pages as plain values, the same for every interface."""
