"""Japan's time zone, in which every town's papers, days and office hours are written."""

from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
"""UTC+9 all year: 標準時ニ関スル件（明治28年勅令第167号）; there is no summer time."""
