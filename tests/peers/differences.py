"""The table of what a peer does otherwise than netlabd, and why: lines of columns
behind tabs. All but the last are regular expressions ("-" is any) for the words
of one difference; the last is the reason. The first line that fits counts.
"""

import re


class Rule:
    def __init__(self, line, columns):
        self.line = line.rstrip("\n")
        words = self.line.split("\t")
        if len(words) != columns + 1 or not words[-1]:
            raise RuntimeError(f"no rule with a reason: {line}")
        self.words, self.why, self.used = words[:-1], words[-1], 0
        self.patterns = [re.compile(".*" if word == "-" else word)
                         for word in self.words]

    def covers(self, words):
        return all(pattern.fullmatch(word) for pattern, word
                   in zip(self.patterns, words, strict=True))


class Rules:
    def __init__(self, path, columns):
        with open(path) as file:
            self.rules = [Rule(line, columns) for line in file
                          if line.strip() and line[0] != "#"]

    def explain(self, *words):
        """Whether a rule covers it, which has been used then."""
        for rule in self.rules:
            if rule.covers(words):
                rule.used += 1
                return True
        return False

    def unused(self):
        return [rule for rule in self.rules if not rule.used]
