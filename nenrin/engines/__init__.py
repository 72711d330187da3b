"""Mechanisms without town vocabulary; each stands on core alone and knows no other engine."""
