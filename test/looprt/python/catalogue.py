# RUN: %looprt-python %s %source
"""What looprt says at run time is what the linter says: the catalogue against the rules' list, sources and pages."""
import pathlib
import re
import sys
import unittest

from looprt.catalogue import CATALOGUE

root = pathlib.Path(sys.argv.pop(1))
rules = {f"LOOP{code}": (name, spelling) for code, name, spelling in re.findall(
    r'^RULE\((\d+), (\w+), "([\w-]+)"', re.sub(r",\s+", ", ", (root / "include/looplint/Rules/Rules.def").read_text()), re.M)}

# The rules whose words the two share. A rule that is not here says more at run time.
SETTLED = ["LOOP101", "LOOP201", "LOOP202", "LOOP203", "LOOP301", "LOOP302", "LOOP303", "LOOP304", "LOOP404", "LOOP501",
           "LOOP601", "LOOP803"]


def plain(text):
    """Without code marks, and with every run of white space as one blank."""
    return " ".join(text.replace("`", "").split())


def texts_of_rule(code):
    """All that the rule's source has in quotes, in its order."""
    source = (root / f"lib/looplint/Rules/{rules[code][0]}.cpp").read_text()
    return plain("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', source)))


class Catalogue(unittest.TestCase):
    def test_names(self):
        shared = rules.keys() & CATALOGUE.keys()
        self.assertGreater(len(shared), 7)
        for code in sorted(shared):
            self.assertEqual(CATALOGUE[code].name, rules[code][1], code)

    def test_messages_are_the_rules(self):
        for code in SETTLED:
            said = texts_of_rule(code)
            # What stands between the names; the rules keep what Python raises apart, as other loops hang instead.
            for part in re.split(r"\{\w+\}|, (?=which)| (?=raises)", CATALOGUE[code].message):
                self.assertIn(plain(part), said, code)

    def test_messages_of_the_loop_in_cpp_are_the_rules(self):
        source = (root / "lib/looprt/driver/misuse.cpp").read_text()
        refusals = re.findall(r"throw loop_misuse_error\(\s*(\d+),(.*?)\);", source, re.DOTALL)
        self.assertEqual([code for code, _ in refusals], ["201", "203", "404", "501"])
        for code, arguments in refusals:
            message = re.match(r'\s*"`" \+\s*\w+ \+\s*((?:"[^"]*"\s*)+),', arguments)[1]
            # The rule says which thread it is.
            for part in plain("".join(re.findall(r'"([^"]*)"', message))).split(" a thread"):
                self.assertIn(part, texts_of_rule(f"LOOP{code}"), code)

    def test_remedies_are_the_pages(self):
        for code in SETTLED:
            page = plain((root / f"docs/rules/{code}.md").read_text()).lower()
            for part in re.split(r"; or,? (?:[^:`]*: )?", CATALOGUE[code].remedy):
                self.assertIn(plain(part).lower(), page, code)


if __name__ == "__main__":
    unittest.main()
