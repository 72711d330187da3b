import re
from xml.etree import ElementTree

from nenrin.core.ui.map_svg import MapPoint, map_svg

NORTH, SOUTH = MapPoint(38.92, 140.33, "中田", "1"), MapPoint(38.86, 140.35, "下野明", "2")


def centres(svg):
    found = re.findall(r'<circle class="marker[^"]*" cx="([\d.]+)" cy="([\d.]+)"', svg)
    return [(float(x), float(y)) for x, y in found]


def test_north_is_up_and_east_is_right():
    (x1, y1), (x2, y2) = centres(map_svg([NORTH, SOUTH], label="地図"))
    assert y1 < y2 and x1 < x2


def test_it_is_well_formed_and_says_everything_in_words():
    point = MapPoint(38.9, 140.3, "体育館 <旧>", "3", words="満員")
    svg = map_svg([NORTH, point], label="避難所")
    label = ElementTree.fromstring(svg).get("aria-label")
    assert label == "避難所。1 中田、3 体育館 <旧>（満員）"


def test_places_that_crowd_give_way_to_each_other():
    crowd = [MapPoint(38.88, 140.34, f"所{number}", str(number)) for number in range(8)]
    placed = centres(map_svg([NORTH, SOUTH, *crowd], label="地図"))
    for index, (x, y) in enumerate(placed):
        for other_x, other_y in placed[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > 15**2
        assert 0 <= x <= 420 and 0 <= y <= 420


def test_a_lit_point_grows_with_its_share():
    def radius(share):
        svg = map_svg([MapPoint(38.9, 140.3, "有屋", lit=share)], label="地図")
        return float(re.search(r'class="lit" [^>]*r="([\d.]+)"', svg)[1])

    assert radius(0) == 0 < radius(0.25) < radius(1)


def test_without_points_there_is_no_map():
    assert map_svg([], label="地図") == ""
