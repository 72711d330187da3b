"""What the counter keeps: services and windows, tickets, and what was prepared at home."""

from .places import Duty, Service, Window
from .preparations import OpenedForm, Preparation
from .tickets import Ticket, TicketCounter

__all__ = [
    "Duty",
    "OpenedForm",
    "Preparation",
    "Service",
    "Ticket",
    "TicketCounter",
    "Window",
]
