"""A photo as a document: upright, without hidden data, no larger than it has to be."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from ..errors import FileRefused

# An A4 sheet at 200 dots per inch: small print stays readable.
LONGEST: Final = 2400
QUALITY: Final = 82
# Beyond this one picture fills the memory of a small server; a JPEG is read at a smaller scale.
MOST_PIXELS: Final = 60_000_000
MOST_JPEG_PIXELS: Final = 170_000_000
FORMATS: Final = ("JPEG", "PNG", "HEIF")
BROKEN: Final = "写真が壊れていて開けません。撮り直すか、別の写真を選んでください。"
TOO_MANY: Final = "写真の画素が多すぎて開けません。カメラの画質を一つ下げて撮り直してください。"

register_heif_opener()


def as_jpeg(content: bytes, *, longest: int = LONGEST, quality: int = QUALITY) -> bytes:
    """The photo as a JPEG that stands upright; place, camera and time are not in it any more.

    Raises FileRefused.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as photo:
            _refuse_giants(photo)
            photo.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            made = BytesIO()
            _on_white(upright).save(made, "JPEG", quality=quality, optimize=True)
    except Image.DecompressionBombError as error:
        raise FileRefused(TOO_MANY) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(BROKEN) from error
    return made.getvalue()


def _refuse_giants(photo: Image.Image) -> None:
    most = MOST_JPEG_PIXELS if photo.format in ("JPEG", "MPO") else MOST_PIXELS
    if photo.width * photo.height > most:
        raise FileRefused(TOO_MANY)


def _on_white(photo: Image.Image) -> Image.Image:
    """Without transparency, which a JPEG does not know."""
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    clear = photo.convert("RGBA")
    sheet = Image.new("RGB", clear.size, "white")
    sheet.paste(clear, mask=clear.getchannel("A"))
    return sheet
