"""How is an answer written for programs? As JSON, CSV and citations."""
