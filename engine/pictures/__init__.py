"""Pictures: a procedure or a simulated case as SVG, Mermaid or text. Pure: models in, text out, the same every time."""
