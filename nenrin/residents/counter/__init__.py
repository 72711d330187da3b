"""The counter of the town hall: one interview by life event, tickets, appointments, and figures."""
