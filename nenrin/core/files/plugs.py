"""The scanner of this installation, where it names one."""

from django.conf import settings

from .clamd import ClamdScanner
from .scanning import scanners

if settings.NENRIN.clamd:
    scanners.register(ClamdScanner(settings.NENRIN.clamd))
