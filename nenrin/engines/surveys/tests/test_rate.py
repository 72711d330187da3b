from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.engines.surveys.models import Rating
from nenrin.engines.surveys.rules import wilson_interval
from nenrin.engines.surveys.selectors import satisfaction
from nenrin.engines.surveys.services.rate import RatingRefused, rate


def _span():
    now = timezone.now()
    return now - timedelta(days=1), now + timedelta(days=1)


def test_everyone_counts_once_and_nobody_is_named(town):
    for respondent, face in (("a", 3), ("b", 3), ("c", 1), ("a", 2)):
        rate(topic="notice", subject="1", respondent=respondent, face=face)
    found = satisfaction("notice", _span())
    assert (found.answers, found.share) == (3, pytest.approx(1 / 3))
    assert not set(Rating.objects.values_list("respondent", flat=True)) & {"a", "b", "c"}


def test_no_answer_is_no_share(town):
    assert satisfaction("notice", _span()).share is None


def test_a_face_that_is_none_is_refused(town):
    with pytest.raises(RatingRefused):
        rate(topic="notice", subject="1", respondent="a", face=4)


def test_the_interval_is_wilsons():
    low, high = wilson_interval(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson_interval(0, 0) == (0, 1)
    assert wilson_interval(10, 10)[1] == pytest.approx(1)
