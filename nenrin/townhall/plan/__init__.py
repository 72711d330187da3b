"""金山町DX推進事業計画書 (May 2025) as data, and the gauges that core's records give."""
