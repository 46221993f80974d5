"""What do the pages print? Articles of our own, and the furniture that stands around them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """An article as it must come out of every page that prints it."""

    title: str
    lede: str
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    author: str
    section: str = "Thời sự"
    tags: tuple[str, ...] = ("chợ phiên", "miền núi")


LONG = Story(
    title="Chợ phiên Nậm Sài dời lên bến mới sau mùa lũ",
    lede="Sau ba tháng san ủi, phiên chợ đầu tiên ở bến mới Nậm Sài họp lại sáng chủ nhật, đông hơn mọi năm.",
    paragraphs=(
        "Từ bốn giờ sáng, người các bản trên núi đã gùi măng, mật ong và gà đen xuống bến. Đường mới rộng sáu"
        " mét nên xe máy chở hàng đi hai chiều được, không còn cảnh dồn lại ở đầu cầu treo như trước.",
        "Bến cũ mất, chợ không mất",
        "Trận lũ cuối tháng bảy cuốn trôi 41 gian hàng ở bến cũ. Xã Nậm Sài chọn khu đất cao hơn 12 mét so với"
        " mực nước lũ, kè đá phía sông và dựng lại 60 gian, mỗi gian rộng 9 mét vuông.",
        '"Ai cũng lo khách quen không lên tới đây. Hóa ra họ lên, lại còn đông thêm", bà Lù Thị Pằng, người bán'
        " vải lanh đã hai mươi năm, kể.",
        "Theo ban quản lý chợ, phiên đầu có 380 người bán và chừng 2.000 khách. Thuế chỗ ngồi được miễn đến hết"
        " năm; tiền điện, nước do xã chịu một nửa.",
        "Sang năm, xã sẽ làm thêm bãi đỗ cho xe khách và một nhà chờ đò, kinh phí 1,2 tỷ đồng từ nguồn xây dựng"
        " nông thôn mới.",
    ),
    captions=(
        "Gian hàng vải lanh ở bến mới sáng chủ nhật. Ảnh: Vàng A Sểnh",
        "Con đường mới từ cầu treo xuống chợ",
    ),
    author="Vàng A Sểnh",
)
SHORT = Story(
    title="Tạm dừng đò ngang Cồn Én trong hai ngày",
    lede="Nước sông dâng nhanh, bến đò Cồn Én nghỉ chạy từ chiều nay để bảo đảm an toàn cho người dân.",
    paragraphs=(
        "Ban quản lý bến cho biết mực nước lúc 14 giờ đã cao hơn báo động một là 20 cm và còn lên.",
        "Học sinh ở cồn được nghỉ học, xe cấp cứu đi đường vòng qua cầu Rạch Mương.",
    ),
    captions=("Bến đò Cồn Én chiều nay. Ảnh: Thanh Trúc",),
    author="Thanh Trúc",
    tags=("đò ngang",),
)
ASKED = Story(
    title="Người giữ nghề đóng ghe ở Vàm Nhựt",
    lede="Ông Tư Lành đóng chiếc ghe thứ 300 khi đã bảy mươi sáu tuổi, và nói chưa định nghỉ.",
    paragraphs=(
        "Ông bắt đầu học nghề năm nào?",
        "Năm mười bốn tuổi, tôi theo cha ra trại. Hồi đó cả vàm có mười bảy trại, bây giờ còn hai.",
        "Gỗ sao khó kiếm, ông làm bằng gì?",
        "Phải mua gỗ xẻ từ miền trên chở về, giá gấp ba. Khách đặt ghe nhỏ đi du lịch thì đóng bằng composite.",
        "Xem thêm cách người trẻ làm mới biết mình còn phải học: hai đứa cháu vẽ mẫu trên máy, tôi chỉ sửa mũi ghe.",
        "Ông mong gì nhất?",
        "Mong có người ở lại với cái trại này. Nghề không nuôi được ai giàu, nhưng nuôi được người thương sông nước.",
    ),
    captions=(),
    author="Ngọc Diệp",
    section="Đời sống",
)
STORIES = (LONG, SHORT, ASKED)

TEASERS = (
    (
        "Khánh thành cầu dây văng Bãi Sậy trước Tết",
        "Ngày 3/2/2026, cầu Bãi Sậy thông xe, rút ngắn 18 km đường vòng.",
    ),
    (
        "Giá lúa vụ đông xuân nhích lên từng ngày",
        "Thương lái đặt cọc sớm, nông dân nhiều nơi chờ giá tốt hơn nữa.",
    ),
    (
        "Đội bóng Biển Đông thua trận thứ ba liên tiếp",
        "Huấn luyện viên nhận hết trách nhiệm về mình sau trận đấu tối 30/1/2026.",
    ),
    (
        "Thêm hai tuyến xe buýt điện chạy qua bệnh viện",
        "Vé 7.000 đồng một lượt, người cao tuổi được miễn hoàn toàn.",
    ),
    ("Mưa lớn kéo dài, hồ Suối Đá xả tràn trong đêm", "Ban chỉ huy yêu cầu các xã ven suối trực 24/24 giờ."),
    (
        "Bảo tàng tỉnh nhận lại chiếc trống đồng thất lạc",
        "Chiếc trống được tìm thấy ở một kho đồ cũ sau 40 năm.",
    ),
    (
        "Học sinh vùng cao đoạt giải nhất hội thi máy tự chế",
        "Máy tách hạt ngô chạy bằng sức nước của ba học sinh lớp 8.",
    ),
    ("Người trồng cam xoay xở với mùa hạn thứ hai", "Nhiều vườn chuyển sang tưới nhỏ giọt để giữ cây."),
    ("Hội sách bên sông mở cửa đến hết tuần", "Hơn 200 gian sách cũ và mới, vào cửa tự do."),
    ("Lão ngư kể chuyện ba lần thoát bão", "Mỗi lần thoát nạn, ông lại thêm một chiếc phao cho bạn thuyền."),
)
PROMISED = "© 2026 Bản quyền thuộc về tòa soạn. Ghi rõ nguồn khi phát hành lại thông tin từ trang này."


def teaser_list(count: int, *, summary: bool = False, date: bool = False, item: str = "li") -> str:
    """Teasers as lists of every layout print them."""
    rows = []
    for number, (title, text) in enumerate(TEASERS[:count]):
        below = f'<p class="sapo">{text}</p>' if summary else ""
        day = f'<span class="time">0{number % 9 + 1}/02/2026 06:1{number % 10}</span>' if date else ""
        rows.append(
            f'<{item} class="item"><a href="/bai-{number}.html"><img src="t{number}.jpg" alt="{title}"></a>'
            f'<h3 class="title-news"><a href="/bai-{number}.html">{title}</a></h3>{day}{below}</{item}>'
        )
    return "".join(rows)


def menu() -> str:
    """The menu of every page."""
    names = (
        "Trang chủ",
        "Thời sự",
        "Thế giới",
        "Kinh tế",
        "Đời sống",
        "Thể thao",
        "Giáo dục",
        "Video",
        "Tin mới nhất",
    )
    links = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(names))
    return f'<ul class="main-nav">{links}</ul>'
