"""The frame of every page: headers, layout, style, and refusals in words people read."""
