"""The scanner of this installation, where it names one; and what the audit trail says."""

from django.conf import settings

from nenrin.core.audit.wording import register_wordings

from .clamd import ClamdScanner
from .scanning import scanners

if settings.NENRIN.clamd:
    scanners.register(ClamdScanner(settings.NENRIN.clamd))
register_wordings({"files.store": "ファイルを預かった", "files.erase": "ファイルを消した"})
