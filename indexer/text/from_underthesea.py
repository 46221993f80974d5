"""How is underthesea's token pattern copied into our data? By this script, for each new version.

``python -m indexer.text.from_underthesea`` rewrites ``data/underthesea_tokens.txt``. It imports the installed
underthesea, which no other command does. A test checks that the file is what this script would write.
"""

from importlib.metadata import metadata

from indexer.text.word_source import TOKEN_PATTERN


def main() -> None:
    """Writes the file."""
    TOKEN_PATTERN.write_text(token_data(), "utf-8")


def token_data() -> str:
    """The file's text: a line that names the source and its licence, then the pattern as written there."""
    from underthesea.pipeline.word_tokenize.regex_tokenize import (  # noqa: PLC0415 - 0.9 s and 90 MB
        regex_patterns_combine,
    )

    package = metadata("underthesea")
    source = f"underthesea {package['Version']}, pipeline/word_tokenize/regex_tokenize.py"
    made_by = "python -m indexer.text.from_underthesea"
    return (
        f"# {source}; licence: {package['License-Expression']}. Made by: {made_by}\n{regex_patterns_combine}"
    )


if __name__ == "__main__":
    main()
