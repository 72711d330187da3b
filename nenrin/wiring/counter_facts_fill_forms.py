"""What somebody wrote once for the counter stands in every form begun from it."""

from nenrin.residents.counter.selectors.preparations import facts_for_form
from nenrin.residents.procedures.filling.prefill import PrefillSource, prefill_sources

prefill_sources.register(PrefillSource("counter", facts_for_form))
