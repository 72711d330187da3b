"""The scanner of this installation, where it names one."""

from django.conf import settings

from .clamd import ClamdScanner
from .scanning import KnowsTestString, scanners

scanners.register(KnowsTestString())
if settings.NENRIN.clamd:
    scanners.register(ClamdScanner(settings.NENRIN.clamd))
