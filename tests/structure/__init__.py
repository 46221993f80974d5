"""What holds the project together: its packages, its dependencies, its checks."""
