"""かねやまデジタルソーター: help with a phone or tablet, at the door or the town hall."""
