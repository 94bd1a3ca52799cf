"""How the check decides that a sentence stands in its evidence, from words to whole clauses.

families: do two words say the same; phrases: turns of phrase and cues; placing: which evidence word a word stands on;
shape: what hangs together in the evidence; binding, moves, bonds: is it joined the same way; assertions: is it said as
strongly, as widely and of as much.
"""
