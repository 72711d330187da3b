"""What a town sets for its open feed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, StringConstraints

Point = tuple[float, float]
Sender = Annotated[str, StringConstraints(pattern=r"^[^\s,<&]*$")]


def _closed_ring(points: list[Point]) -> list[Point]:
    """CAP: at least four pairs, first equal to last, latitude before longitude."""
    if points and (len(points) < 4 or points[0] != points[-1]):
        raise ValueError("多角形は4点以上で、最初と最後の点が同じでなければなりません")
    if any(not (-90 <= lat <= 90 and -180 <= lon <= 180) for lat, lon in points):
        raise ValueError("多角形の点は「緯度, 経度」の順に書いてください")
    return points


class FeedOptions(BaseModel):
    """`sender` names the town to other systems, for instance its domain."""

    sender: Sender = ""
    area_name: str = ""
    polygon: Annotated[list[Point], AfterValidator(_closed_ring)] = []
