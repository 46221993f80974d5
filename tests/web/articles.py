"""Articles that try the page: markup in every field, odd ids, dates of every precision."""

from corpus.article import Article, Provenance
from corpus.published import Published
from corpus.records import Reading

MARKUP = '<script>alert("hết")</script>'
ODD_ID = "https://báo.example//a/b?c=1&d=2#e%2Ff"
SLASH_ID = "/đầu"

ODD = (
    Article(
        id="markup",
        title=f"Thử {MARKUP} & nghiệm",
        lede=f"Sapo {MARKUP}",
        paragraphs=(f"Thân {MARKUP}  hai dấu cách\nvà xuống dòng {{template}} {{{{ 7*7 }}}}",),
        captions=(f"Ảnh {MARKUP}",),
        url="javascript:alert(1)",
        source=f"Nguồn {MARKUP}",
        section=f"Mục {MARKUP}",
        authors=(f"Tác giả {MARKUP}",),
        published=Published("2013"),
        tags=(f"thẻ {MARKUP}",),
        related=(f"Xem thêm {MARKUP}",),
    ),
    Article(id=ODD_ID, title="Thử nghiệm mã lạ", lede="Mã có gạch chéo.", url="https://bao.example/mã"),
    Article(id=SLASH_ID, title="Thử nghiệm mã gạch đầu", lede="Mã mở đầu bằng gạch chéo."),
    Article(id="bảng.csv", title="Mã tận cùng như tên tệp", lede="Một dòng."),
    Article(id="yearless", title="Thử nghiệm không năm", lede="Có ngày.", published=Published("XXXX-09-13")),
    Article(id="withdrawn", title="Thử nghiệm đã rút", lede="Bài bị rút."),
    Article(id="revised", title="Thử nghiệm bản đầu", lede="Bản một."),
    Article(id="revised", title="Thử nghiệm bản sau", lede="Bản hai.", published=Published("2013-05")),
)


def readings() -> list[Reading]:
    """The articles as a reader would have given them."""
    return [
        Reading(
            article,
            Provenance(
                "thu/<tệp>.jsonl", f"line {number}", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00"
            ),
        )
        for number, article in enumerate(ODD, 1)
    ]
