"""Pages of invented newspapers, built as Vietnamese newspapers build theirs."""
