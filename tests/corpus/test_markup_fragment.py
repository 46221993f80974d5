"""Where does a caption in a piece of HTML end, and which line does it stand in?"""

import pytest

from corpus.readers.markup.fragment import fragment_of


@pytest.mark.parametrize(
    ("html", "captions", "text"),
    [
        (
            "<figure><img><figcaption>Bến đò</figure><p>Lũ về.</p><p>Lũ rút.</p>",
            ("Bến đò",),
            ("Lũ về.", "Lũ rút."),
        ),
        ("<figure><figcaption><figcaption>Bến đò</figcaption></figure>Lũ về.", ("Bến đò",), ("Lũ về.",)),
        ("<p class='caption'>Bến đò<p>Lũ về.<p>Lũ rút.", ("Bến đò",), ("Lũ về.", "Lũ rút.")),
        (
            "<p class=caption>Bến<br>đò<p class=caption>Chợ<div>Lũ về.</div>",
            ("Bến", "đò", "Chợ"),
            ("Lũ về.",),
        ),
        ("<div><p class=caption>Bến đò</div>Lũ về.", ("Bến đò",), ("Lũ về.",)),
        ("<div class=caption><div>Bến</div><p>đò</p></div>Lũ về.", ("Bến", "đò"), ("Lũ về.",)),
        ("<p class=caption>Bến <i>đò</i></p></p>Lũ về.", ("Bến đò",), ("Lũ về.",)),
    ],
)
def test_an_unclosed_caption_ends_where_a_browser_ends_it(
    html: str, captions: tuple[str, ...], text: tuple[str, ...]
) -> None:
    found = fragment_of(html)
    assert (found.captions, found.text) == (captions, text)


def test_a_caption_within_a_line_stands_after_it_and_leaves_one_space() -> None:
    html = (
        "<p>Một.</p><p>Hai <span class=caption>Bến</span> tiếp<br>Ba.</p>"
        "<p><span class=caption>Chợ</span> Bốn.</p>"
    )
    assert fragment_of(html).order == ("Một.", "Hai tiếp", "Bến", "Ba.", "Chợ", "Bốn.")
