"""When and where each session is held: placements, compared by what everybody could have in them."""
