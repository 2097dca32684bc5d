"""Makes repositories full of odd .gitignore files, and asks Git what it ignores there.

    make_ignore_trees.py FOLDER [FOLDERS_WITH_ONE_PATTERN [SEED]]

Each repository is FOLDER/repository-N; FOLDER/repository-N.expected lists the files that a walk over it finds, one
a line, relative to the repository. A seed makes the same trees every time.

Repository 0 has many folders with one pattern each, and files that the pattern nearly or really matches: it tests
what a pattern means. The others have a few lists in nested folders: they test which pattern counts.
"""
import os
import random
import subprocess
import sys

# A piece of a pattern, and what may stand for it in a path. Not all of it matches.
PIECES = {
    "a": "a", "b": "b", "ab": "ab", "1": "1", "A": "Aa", "é": "é", "-": "-", ".": ".", "#": "#", "!": "!", " ": " ", "]": "]",
    "*": ["", "", "a", "ab", "1", ".a", "a/b", "é"],
    "**": ["", "", "a", "ab", "a/b", "a/b/1", "/a", "a/", "/"],
    "***": ["", "a", "a/b"],
    "?": ["", "a", "-", "/", "é"],
    "/": ["/", "/", "/", "/a/", "/a/b/", ""],
    "/**/": ["/", "/", "/a/", "/a/b/", "//", "", "a/", "/b"],
    "/*/": ["/", "/a/", "/a/b/"], "/**\\/": ["/", "/a/", "/a/b/", "/b"], "\\/**/": ["/", "/a/b/", "a/"],
    "\\/": "/", "\\a": "a\\", "\\*": "*a", "\\?": "?a", "\\\\": "\\", "\\ ": " ", "\\[": "[",
    "[ab]": "abc", "[!a]": "ab/", "[^a]": "ab^", "[a-f]": "acfg-", "[]a]": "]ab", "[!]a]": "]ab", "[a-]": "a-b",
    "[--a]": "-Aab", "[b-1]": "b1-", "[1-a-f]": "1Aa-cf", "[a\\-f]": "a-cf", "[a-\\f]": "acf\\", "[\\]]": "]\\", "[\\\\]": "\\]",
    "[[:alpha:]]": "aA1", "[![:alpha:]]": "aA1", "[[:digit:]-a]": "1-aA", "[[:space:]]": " a", "[[:upper:]b]": "AabB",
    "[[:punct:]]": "-a!", "[[:alnum:]_]": "a1_-", "[[:xdigit:]]": "agF", "[[:blank:][:lower:]]": " aA", "[[:cntrl:]]": "a",
    "[[:none:]]": "a", "[[:]": "[:a", "[[:a]": "[:a", "[[a]": "[a", "[:alpha:]": ":alph", "[a/b]": "a/b", "[!/]": "a/", "[/]": "/",
    "[a": "[a", "[": "[", "[]": "[]", "[!": "[!", "[é]": "é", "[!é]": "aé",
}
STARTS = ["", "", "", "", "/", "**/", "*", "!", "\\!", "\\#", "//", "!/"]
# The end of a pattern, and what may stand for it.
ENDS = {
    "": ["/a.py", "/b/a.py"], ".py": [".py"], "*": ["a.py", ".py"], "*.py": ["a.py", ".py"], "/": ["/a.py", ".py"],
    "/*": ["/a.py", "/b/a.py"], "/**": ["/a.py", "/b/a.py"], "/**/": ["/a.py", "/b/a.py"], "**": ["a.py", "/b/a.py"],
    "//": ["/a.py"], " ": ["/a.py", " /a.py"], "  ": ["/a.py"], "\\ ": [" /a.py"], "\\  ": [" /a.py"],
    "\\": ["/a.py", "\\/a.py"], "\t": ["\t/a.py", "/a.py"],
}


class Pattern:
    def __init__(self, rng):
        self.start = rng.choice(STARTS)
        self.pieces = [rng.choice(list(PIECES)) for _ in range(rng.choice([1, 1, 2, 2, 3, 4]))]
        self.end = rng.choice(list(ENDS))

    def __str__(self):
        return self.start + "".join(self.pieces) + self.end

    def path(self, rng):
        """A file that may match."""
        text = rng.choice(["", "", "", "a", "a/", "b/a/", "!", "#"])
        text += "".join(rng.choice(PIECES[piece]) for piece in self.pieces)
        text += rng.choice(ENDS[self.end] * 3 + ["a.py", " .py", "/a.py"])
        # A `:` at the beginning is magic to `git check-ignore`.
        parts = [part.lstrip(":") for part in text.split("/")]
        return "/".join(part for part in parts if part not in ("", ".", "..", ".git", ".gitignore"))


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def make_file(path):
    """False where a folder is called so, or a file as one of the path's folders."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, "")
        return True
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        return False


def make_single_patterns(rng, repository, count):
    files = set()
    for number in range(count):
        folder = str(number)
        os.mkdir(os.path.join(repository, folder))
        pattern = Pattern(rng)
        write(os.path.join(repository, folder, ".gitignore"), str(pattern).removeprefix("!") + "\n")
        for _ in range(12):
            path = os.path.join(folder, pattern.path(rng))
            if make_file(os.path.join(repository, path)):
                files.add(path)
    return files


def make_nested_lists(rng, repository):
    patterns = [Pattern(rng) for _ in range(60)]
    files = {rng.choice(patterns).path(rng) for _ in range(160)}
    files |= {os.path.join(path, rng.choice(["a.py", "b/1.py"])) for path in sorted(files)[::2]}
    files = {path for path in sorted(files) if make_file(os.path.join(repository, path))}

    folders = sorted({os.path.dirname(path) for path in files} - {""})
    for folder in rng.sample(folders, min(len(folders), 20)) + ["", ".git/info"]:
        lines = [str(pattern) for pattern in rng.sample(patterns, rng.choice([1, 2, 4, 8]))]
        lines += rng.choices(["", "# a", "#a.py", "*.py", "!*/", "!*.py", "!*.py", "/", "!"], k=2)
        rng.shuffle(lines)
        end = rng.choice(["\n", "\n", "\r\n"])
        text = rng.choice(["", "", "", "\ufeff"]) + end.join(lines) + rng.choice(["", end, "\r"])
        name = "exclude" if folder == ".git/info" else ".gitignore"
        write(os.path.join(repository, folder, name), text)
    return files


def git(repository, home, *arguments, **options):
    # No settings but those made here.
    environment = {"PATH": os.environ["PATH"], "HOME": home, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *arguments], cwd=repository, env=environment, stdout=subprocess.PIPE, **options)


def make_repository(repository, home, fill):
    os.makedirs(repository)
    git(repository, home, "init", "--quiet", check=True)
    files = sorted(fill(repository))
    answer = git(repository, home, "check-ignore", "--stdin", "-z", "--no-index", input="\0".join(files).encode())
    # 1 says that nothing is ignored.
    assert answer.returncode in (0, 1), answer
    ignored = set(answer.stdout.decode().split("\0"))
    write(repository + ".expected", "".join(file + "\n" for file in files if file not in ignored))


def main():
    root = os.path.abspath(sys.argv[1])
    single_patterns = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 8259)

    # What the user ignores everywhere; the test sees the same home.
    home = os.path.join(root, "home")
    os.makedirs(os.path.join(home, ".config", "git"))
    write(os.path.join(home, ".config", "git", "ignore"), "a*.py\n")
    write(os.path.join(home, ".gitconfig"), "[core]\n\texcludesFile = ~/other-ignore ; not the default\n")
    write(os.path.join(home, "other-ignore"), "b/1.py\n")

    make_repository(os.path.join(root, "repository-0"), home,
                    lambda repository: make_single_patterns(rng, repository, single_patterns))
    for number in range(1, 11):
        make_repository(os.path.join(root, f"repository-{number}"), home,
                        lambda repository: make_nested_lists(rng, repository))


main()
