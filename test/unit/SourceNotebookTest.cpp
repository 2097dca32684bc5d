//===- SourceNotebookTest.cpp ---------------------------------------------===//

#include "looplint/Source/Notebook.h"

#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

using namespace looplint;
using llvm::StringRef;

static std::string notebookOf(std::vector<StringRef> cells) {
  llvm::json::Array array;
  for (StringRef source : cells)
    array.push_back(
        llvm::json::Object{{"cell_type", "code"}, {"source", source.str()}});
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::json::Value(llvm::json::Object{{"cells", std::move(array)}});
  return text;
}

static DecodedText decoded(StringRef bytes) {
  std::variant<DecodedText, DecodeError> result = decodeNotebook(bytes);
  auto *error = std::get_if<DecodeError>(&result);
  EXPECT_EQ(error, nullptr) << (error ? error->message : "");
  return error ? DecodedText() : std::move(std::get<DecodedText>(result));
}

/// The Python of one cell, without its end of line.
static std::string pythonOf(StringRef cell) {
  DecodedText text = decoded(notebookOf({cell}));
  EXPECT_EQ(text.text.size(), text.written->getBufferSize());
  return text.text.rtrim().str();
}

static std::string errorOf(StringRef bytes) {
  std::variant<DecodedText, DecodeError> result = decodeNotebook(bytes);
  auto *error = std::get_if<DecodeError>(&result);
  return error ? error->message + " @" + std::to_string(error->offset) : "";
}

TEST(SourceNotebook, LineMagicsBecomeStatements) {
  EXPECT_EQ(pythonOf("%load_ext x\ny = 1"), "0          \ny = 1");
  EXPECT_EQ(pythonOf("if a:\n    !ls\n"), "if a:\n    0");
  EXPECT_EQ(pythonOf("!a \\\n  'b\nc"), "0   \n    \nc");
  EXPECT_EQ(pythonOf("run?"), "0");
  EXPECT_EQ(pythonOf("?run.x\nz"), "0     \nz");
  EXPECT_EQ(pythonOf("a.b??"), "0");
  EXPECT_EQ(pythonOf("!!ls"), "0");
}

TEST(SourceNotebook, MagicsThatRunCodeKeepIt) {
  EXPECT_EQ(pythonOf("%time f()"), "0;    f()");
  EXPECT_EQ(pythonOf("%timeit -n 10 -r3 -q f()"), "0;                   f()");
  EXPECT_EQ(pythonOf("x = %time f()"), "x =       f()");
  EXPECT_EQ(pythonOf("%time for x in y: f()\nz"), "0                    \nz");
  EXPECT_EQ(pythonOf("%time\nz"), "0    \nz");
}

TEST(SourceNotebook, AssignedMagicsMayBeAnything) {
  EXPECT_EQ(pythonOf("x = !ls | wc"), "x = _0");
  EXPECT_EQ(pythonOf("a.b, c = %env"), "a.b, c = _0");
  EXPECT_EQ(pythonOf("x = a if b != c else d"), "x = a if b != c else d");
  EXPECT_EQ(pythonOf("x %= 2"), "x %= 2");
}

TEST(SourceNotebook, OnlyTheStartOfAStatementCounts) {
  for (StringRef same :
       {"x = (1\n % y)", "s = '''\n%d\n!a\n? b\n'''", "x = 1 \\\n % y",
        "# what?", "s = 'what?'", "f'''\n{x}?\n%time\n'''", "x = {\n '?': 1}",
        "s = '\\'?'", "f(a=1, b=2)"})
    EXPECT_EQ(pythonOf(same), same.str());
}

TEST(SourceNotebook, CellMagics) {
  EXPECT_EQ(pythonOf("%%bash\necho it's ( '''"), "");
  EXPECT_EQ(pythonOf("\n  %%time\nf()"), "\n        \nf()");
  EXPECT_EQ(pythonOf("%%capture out\n%%timeit -n1\nf()").rfind("f()"), 27U);
  EXPECT_EQ(pythonOf("# a\n%%time\nf()"), "# a\n0     \nf()");
}

TEST(SourceNotebook, AutomagicInACellOfOneLine) {
  EXPECT_EQ(pythonOf("pip install x"), "0");
  EXPECT_EQ(pythonOf("pip = install"), "pip = install");
  EXPECT_EQ(pythonOf("pip install x\ny"), "pip install x\ny");
  EXPECT_EQ(pythonOf("ls"), "ls");
}

TEST(SourceNotebook, CellsAreCountedAmongAll) {
  DecodedText text = decoded(R"({"cells": [
    {"cell_type": "markdown", "source": ["# a"]},
    {"source": ["b\n", "ü"], "outputs": [{"a": ["\"", {}]}],
     "cell_type": "code"},
    {"cell_type": "raw", "source": "x"},
    {"cell_type": "code", "source": "c\r\nd\re"}], "metadata": {}})");
  EXPECT_EQ(text.text, "b\nü\nc\r\nd\ne\n");
  ASSERT_EQ(text.cells.size(), 2U);
  EXPECT_EQ(text.cells[0].number, 2U);
  EXPECT_EQ(text.cells[1].number, 4U);
  EXPECT_EQ(text.cells[1].span, (Span{5, 12}));
  ASSERT_EQ(text.cellLines.size(), 3U);
  EXPECT_EQ(text.cellLines[1].begin, 2U);
  EXPECT_EQ(text.cellLines[2].fileLine, 6U);
}

TEST(SourceNotebook, OtherLanguages) {
  auto language = [](StringRef name) {
    return decoded((R"({"cells": [{"cell_type": "code", "source": "x"}],
                        "metadata": {"language_info": {"name": ")" +
                    name + R"("}}})")
                       .str())
        .text.str();
  };
  EXPECT_EQ(language("python"), "x\n");
  EXPECT_EQ(language("ipython"), "x\n");
  EXPECT_EQ(language("R"), "");
  EXPECT_EQ(language("julia"), "");
}

TEST(SourceNotebook, OlderFormat) {
  DecodedText text = decoded(R"({"nbformat": 3, "worksheets": [{"cells": [
    {"cell_type": "code", "input": ["a"], "language": "python"},
    {"cell_type": "code", "input": ["b"], "language": "ruby"}]}]})");
  EXPECT_EQ(text.text, "a\n");
}

TEST(SourceNotebook, AwaitFollowsAutoawait) {
  DecodedText text =
      decoded(notebookOf({"%autoawait off\na", "b", "%autoawait on", "c"}));
  std::vector<bool> mayAwait;
  for (const CodeCell &cell : text.cells)
    mayAwait.push_back(cell.mayAwait);
  EXPECT_EQ(mayAwait, (std::vector<bool>{true, false, false, true}));
}

TEST(SourceNotebook, BrokenFiles) {
  EXPECT_EQ(errorOf(""), "is no notebook: the file ends too early @0");
  EXPECT_EQ(errorOf("{"), "is no notebook: a string is expected @1");
  EXPECT_EQ(errorOf("{}"), "is no notebook: it has no cells @2");
  EXPECT_EQ(errorOf("[]"), "is no notebook: it has no cells @2");
  EXPECT_EQ(errorOf("{\"cells\": [{]}"),
            "is no notebook: a string is expected @12");
  EXPECT_EQ(errorOf("{\"cells\": [] \"a\": 1}"),
            "is no notebook: `,` or the end of the list is expected @13");
  EXPECT_EQ(errorOf("{\"cells\": []} x"),
            "is no notebook: the end of the file is expected @14");
  EXPECT_EQ(errorOf("{\"cells\": \"abc"),
            "is no notebook: this string does not end @10");
  EXPECT_EQ(errorOf(std::string(1000000, '[')),
            "is no notebook: the file ends too early @1000000");
  EXPECT_EQ(errorOf(R"({"cells": [{"cell_type": "code", "source": "\q"}]})"),
            "is no notebook: this string is not valid @43");
}
