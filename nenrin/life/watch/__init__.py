"""見守り: 元気です every morning, a call asked for, a tablet gone silent."""
