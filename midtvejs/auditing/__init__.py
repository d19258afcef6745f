"""The judge of an assignment and of what is claimed of it. Imports domain alone; the solver never asks it."""
