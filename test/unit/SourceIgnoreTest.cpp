//===- SourceIgnoreTest.cpp -----------------------------------------------===//
//
// The cases that explain Git's rules. That they are Git's is tested against Git
// itself, on many more, by test/Source/gitignore.test.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/IgnorePatterns.h"

#include "gtest/gtest.h"

#include <string>

using namespace looplint;
using llvm::StringRef;

static bool matches(StringRef pattern, StringRef path) {
  return Glob(pattern).matches(path);
}

/// Of a path that ends with a slash: is the folder ignored?
static bool ignores(StringRef patterns, StringRef path) {
  const bool isFolder = path.consume_back("/");
  return IgnorePatterns::parse(patterns).decide(path, isFolder).value_or(false);
}

TEST(Glob, Stars) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*.py", "a.py"));
  EXPECT_FALSE(matches("*.py", "a/b.py"));
  EXPECT_TRUE(matches("a*b*c", "aXbXbXc"));
  EXPECT_FALSE(matches("a*b*c", "aXcXb"));
  EXPECT_TRUE(matches("a/*/c", "a/b/c"));
  EXPECT_FALSE(matches("a/*/c", "a/b/b/c"));
  EXPECT_FALSE(matches("?", "/"));
}

TEST(Glob, DoubleStars) {
  EXPECT_TRUE(matches("**", "a/b"));
  EXPECT_TRUE(matches("**/c", "c"));
  EXPECT_TRUE(matches("**/c", "a/b/c"));
  EXPECT_FALSE(matches("**/c", "a/bc"));
  EXPECT_TRUE(matches("a/**/c", "a/c"));
  EXPECT_TRUE(matches("a/**/c", "a/x/y/c"));
  EXPECT_TRUE(matches("a/**", "a/x/y"));
  EXPECT_FALSE(matches("a/**", "a"));
  EXPECT_TRUE(matches("**/a*/**/c", "x/ab/y/z/c"));
  EXPECT_TRUE(matches("**/**/c", "c"));
  // Not between slashes, so it is a single star.
  EXPECT_FALSE(matches("x**/c", "x/b/c"));
  EXPECT_FALSE(matches("a/**b", "a/x/b"));
}

TEST(Glob, Classes) {
  EXPECT_TRUE(matches("[abc]", "b"));
  EXPECT_TRUE(matches("[a-c]x", "bx"));
  EXPECT_FALSE(matches("[!a-c]", "b"));
  EXPECT_FALSE(matches("[^a-c]", "b"));
  EXPECT_TRUE(matches("[]a]", "]"));
  EXPECT_FALSE(matches("[!]a]", "]"));
  EXPECT_TRUE(matches("[a-]", "-"));
  EXPECT_TRUE(matches("[\\]]", "]"));
  EXPECT_TRUE(matches("[[:digit:]x]", "7"));
  EXPECT_TRUE(matches("[[:]", ":"));
  EXPECT_FALSE(matches("[!a]", "/"));
  for (StringRef malformed : {"[", "[a", "[]", "[[:nonesuch:]]", "a\\"})
    EXPECT_FALSE(matches(malformed, malformed)) << malformed.str();
}

// A naive matcher takes years for this one.
TEST(Glob, ManyStarsStayFast) {
  std::string pattern;
  for (int i = 0; i < 100; ++i)
    pattern += "a*";
  EXPECT_FALSE(matches(pattern + "b", std::string(2000, 'a')));
  EXPECT_TRUE(matches(std::string(100'000, '*'), std::string(2000, 'a')));
}

TEST(IgnorePatterns, AnchoredOrNot) {
  EXPECT_TRUE(ignores("a.py", "x/a.py"));
  EXPECT_TRUE(ignores("/a.py", "a.py"));
  EXPECT_FALSE(ignores("/a.py", "x/a.py"));
  EXPECT_FALSE(ignores("x/a.py", "y/x/a.py"));
  EXPECT_TRUE(ignores("**/x/a.py", "y/x/a.py"));
}

TEST(IgnorePatterns, Folders) {
  EXPECT_TRUE(ignores("out/", "x/out/"));
  EXPECT_FALSE(ignores("out/", "x/out"));
  EXPECT_FALSE(ignores("x/out/", "y/x/out/"));
}

TEST(IgnorePatterns, LastOneWins) {
  EXPECT_FALSE(ignores("*.py\n!a.py", "a.py"));
  EXPECT_TRUE(ignores("!a.py\n*.py", "a.py"));
  EXPECT_EQ(IgnorePatterns::parse("b").decide("a", false), std::nullopt);
}

TEST(IgnorePatterns, CommentsEscapesAndBlanks) {
  EXPECT_FALSE(ignores("#a", "#a"));
  EXPECT_TRUE(ignores("\\#a", "#a"));
  EXPECT_TRUE(ignores("\\!a", "!a"));
  EXPECT_TRUE(ignores("a  ", "a"));
  EXPECT_TRUE(ignores("a\\ ", "a "));
  EXPECT_TRUE(ignores("a\\  ", "a "));
  EXPECT_TRUE(ignores("a\t", "a\t"));
  EXPECT_TRUE(ignores("\xEF\xBB\xBF"
                      "a\r\nb\r\n",
                      "a"));
  EXPECT_TRUE(ignores("a\r\nb\r", "b"));
  EXPECT_FALSE(ignores("/\n!\n\n  \n", "a"));
}

// As Git does it, since that is what the project's author tried it with.
TEST(IgnorePatterns, DoubleStarBehindALiteral) {
  EXPECT_TRUE(ignores("foo**/bar", "foobar"));
}
