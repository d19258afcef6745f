"""What makes sense of a day: one rule, one small check. Each tells only what no other check tells."""
