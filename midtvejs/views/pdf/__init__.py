"""An assignment on paper, set by typst."""
