from nenrin.core.operations.metrics import Gauge, Sample, exposition


def test_the_text_is_what_prometheus_reads():
    gauge = Gauge(
        "jobs", "jobs in the queue", lambda: [Sample(3, {"queue": 'a"b\n\\'}), Sample(0.5)]
    )
    assert exposition([gauge]).splitlines() == [
        "# HELP nenrin_jobs jobs in the queue",
        "# TYPE nenrin_jobs gauge",
        'nenrin_jobs{queue="a\\"b\\n\\\\"} 3',
        "nenrin_jobs 0.5",
        "# HELP nenrin_gauges_failed gauges that could not be read",
        "# TYPE nenrin_gauges_failed gauge",
        "nenrin_gauges_failed 0",
    ]


def test_a_gauge_that_breaks_is_counted_and_the_others_go_on():
    text = exposition(
        [Gauge("broken", "x", lambda: [Sample(1 / 0)]), Gauge("ok", "y", lambda: [Sample(1)])]
    )
    assert "nenrin_ok 1" in text and "nenrin_broken" not in text
    assert "nenrin_gauges_failed 1" in text
