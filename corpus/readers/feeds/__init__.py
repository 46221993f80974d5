"""How do feeds become articles? An entry an article, where it holds the text of one."""
