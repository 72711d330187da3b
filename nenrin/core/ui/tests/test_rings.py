import re

from lxml import etree

from nenrin.core.ui.rings import even_rings, rings_svg


def _radii(svg, name):
    found = re.findall(rf'class="{name}" d="M([^"]+)Z"', svg)
    return [max(float(point.split()[0]) for point in path.split("L")) for path in found]


def test_the_same_numbers_give_the_same_log():
    assert rings_svg([1, 2], label="a") == rings_svg([1, 2], label="a")
    assert rings_svg([1, 2], label="a", seed="x") != rings_svg([1, 2], label="a", seed="y")


def test_a_log_is_well_formed_and_says_what_it_means():
    root = etree.fromstring(rings_svg(even_rings(20), label="1,603世帯 <届いた>", lit=0.5))
    assert root.get("aria-label") == "1,603世帯 <届いた>"
    assert etree.fromstring(rings_svg([1], label="")).get("aria-hidden") == "true"


def test_light_grows_with_the_share_and_stays_inside_the_bark():
    lit = [_radii(rings_svg([1] * 10, label="", lit=share), "lit")[0] for share in (0.1, 0.5, 1)]
    assert lit == sorted(lit)
    assert lit[-1] < _radii(rings_svg([1], label=""), "bark")[0]
    assert "lit" not in rings_svg([1], label="", lit=0)


def test_wide_numbers_make_wide_rings():
    narrow_first = _radii(rings_svg([1, 9], label=""), "ring")[0]
    wide_first = _radii(rings_svg([9, 1], label=""), "ring")[0]
    assert narrow_first < wide_first


def test_no_number_at_all_still_draws_a_log():
    assert etree.fromstring(rings_svg([], label="まだありません")) is not None
    assert etree.fromstring(rings_svg([0, 0], label="まだありません")) is not None
