//===- Magics.cpp - what only IPython understands -------------------------===//
//
//   %%bash                 the cell is no Python: blank
//   %%time                 the rest of the cell is Python
//   %load_ext autoreload   0
//   !pip install aiohttp   0
//   files = !ls            files = _0
//   %time asyncio.run(f()) 0;    asyncio.run(f())
//   asyncio.run?           0
//
// Replaced in place, so that every byte that stays has the offset it had, and
// by a statement, since it may be all that a block has. `_0` is a name that
// IPython never binds (outputs are `_1` and on), so its value may be anything.
//
// IPython looks for its own syntax at the beginning of logical lines, after the
// first `=` outside of brackets, and at the end of lines
// (inputtransformer2.py); so this knows as much of Python as tells these
// places: strings, comments, brackets and joined lines. Leaving it to the
// parser was rejected: after `%` or `!` at a place where no operator can stand,
// recovery eats what follows.
//
//===----------------------------------------------------------------------===//

#include "Magics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>

using namespace looplint;
using llvm::StringRef;

static constexpr StringRef blanks = " \t\f";

/// Cell magics whose cell is Python that runs here, in the same namespace.
static constexpr StringRef pythonCells[] = {
    "capture", "debug",        "ipytest",  "lprun", "memit",
    "prun",    "pyinstrument", "snakeviz", "time",  "timeit",
};

namespace {
/// A line magic that runs what follows it, and its options with an argument.
struct CodeMagic {
  StringRef name;
  StringRef optionsWithArgument;
};
} // namespace

static constexpr CodeMagic codeMagics[] = {
    {"memit", "rt"}, {"prun", "DTls"}, {"time", ""}, {"timeit", "nrp"}};

/// Magics that are commonly written without `%`, which IPython allows for a
/// cell of one line.
static constexpr StringRef automagics[] = {
    "cat",   "cd",         "conda", "cp", "env", "load_ext", "ls",
    "mamba", "matplotlib", "mkdir", "mv", "pip", "pushd",    "reload_ext",
    "rm",    "rmdir",      "run",   "uv", "who",
};

namespace {

class MagicScanner {
public:
  MagicScanner(llvm::MutableArrayRef<char> cell, bool &mayAwait)
      : cell(cell), text(cell.data(), cell.size()), mayAwait(mayAwait) {}

  void run();

private:
  void skipCellMagics();
  bool isAutomagicCell() const;
  void scanLine();
  void scanCode(std::size_t lineStart);
  void scanAssignment();
  bool scanStatementMagic();
  void skipString();
  void noteAutoawait(StringRef argument);

  std::size_t lineEnd(std::size_t from) const {
    return std::min(text.find_first_of("\r\n", from), text.size());
  }
  std::size_t magicEnd(std::size_t from) const;
  std::size_t codeOfMagic(std::size_t begin, std::size_t end) const;
  StringRef nameAt(std::size_t from) const {
    return text.substr(from).take_while(
        [](char c) { return llvm::isAlnum(c) || c == '_'; });
  }
  bool isMagicAt(std::size_t from) const;
  void replace(std::size_t begin, std::size_t end, StringRef by);

  llvm::MutableArrayRef<char> cell;
  StringRef text; // of the same memory
  bool &mayAwait;
  std::size_t at = 0;
};

} // namespace

/// Blanks the stretch but for ends of lines, and puts \p by at its start.
void MagicScanner::replace(std::size_t begin, std::size_t end, StringRef by) {
  for (std::size_t i = begin; i < end; ++i)
    if (cell[i] != '\n' && cell[i] != '\r')
      cell[i] = ' ';
  std::copy_n(by.begin(), std::min(by.size(), end - begin),
              cell.begin() + static_cast<std::ptrdiff_t>(begin));
}

/// The end of the line, or of the last line that a backslash joins to it.
std::size_t MagicScanner::magicEnd(std::size_t from) const {
  std::size_t end = lineEnd(from);
  while (end < text.size() && end > from && text[end - 1] == '\\')
    end = lineEnd(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  return end;
}

/// `%name`, `!command`.
bool MagicScanner::isMagicAt(std::size_t from) const {
  StringRef rest = text.substr(from);
  if (rest.consume_front("!"))
    return !rest.starts_with("=");
  return rest.consume_front("%") && !rest.empty() &&
         (llvm::isAlpha(rest.front()) || rest.front() == '_' ||
          rest.front() == '%');
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// Blanks cell magics, and the whole cell where they take it for their own.
void MagicScanner::skipCellMagics() {
  while (true) {
    const std::size_t begin =
        std::min(text.find_first_not_of(" \t\f\r\n", at), text.size());
    if (!text.substr(begin).starts_with("%%"))
      return;
    const bool isPython =
        llvm::is_contained(pythonCells, nameAt(begin + 2)) ||
        text.slice(begin, lineEnd(begin)).rtrim(blanks).ends_with("?");
    at = isPython ? lineEnd(begin) : text.size();
    replace(begin, at, "");
  }
}

bool MagicScanner::isAutomagicCell() const {
  const StringRef line = text.trim();
  const StringRef word =
      nameAt(static_cast<std::size_t>(line.begin() - text.begin()));
  if (line.contains('\n') || !llvm::is_contained(automagics, word))
    return false;
  const StringRef rest = line.substr(word.size()).ltrim(blanks);
  // What Python could mean by it is Python.
  return !rest.empty() && rest.size() + word.size() < line.size() &&
         (llvm::isAlnum(rest.front()) ||
          StringRef("./~_").contains(rest.front()));
}

void MagicScanner::run() {
  skipCellMagics();
  if (isAutomagicCell())
    return replace(0, text.size(), "0");
  while (at < text.size())
    scanLine();
}

//===----------------------------------------------------------------------===//
// Lines
//===----------------------------------------------------------------------===//

void MagicScanner::scanLine() {
  at = std::min(text.find_first_not_of(blanks, at), text.size());
  if (!scanStatementMagic())
    scanCode(at);
  if (at < text.size())
    at += text.substr(at).starts_with("\r\n") ? 2 : 1;
}

void MagicScanner::noteAutoawait(StringRef argument) {
  if (argument.equals_insensitive("off") ||
      argument.equals_insensitive("false"))
    mayAwait = false;
  else if (!argument.empty())
    mayAwait = true;
}

/// Where the code begins that the magic from \p begin to \p end runs; \p end
/// where it runs none, or a statement that cannot follow another on its line.
std::size_t MagicScanner::codeOfMagic(std::size_t begin,
                                      std::size_t end) const {
  const StringRef name = nameAt(begin + 1);
  const CodeMagic *magic = llvm::find_if(
      codeMagics, [&](const CodeMagic &m) { return m.name == name; });
  if (text[begin] != '%' || magic == std::end(codeMagics))
    return end;

  StringRef rest = text.slice(begin + 1 + name.size(), end).ltrim(blanks);
  while (rest.starts_with("-")) {
    const StringRef option = rest.take_until([](char c) { return c == ' '; });
    rest = rest.drop_front(option.size()).ltrim(blanks);
    if (option.size() == 2 && magic->optionsWithArgument.contains(option[1]))
      rest = rest.drop_until([](char c) { return c == ' '; }).ltrim(blanks);
  }
  static constexpr StringRef compounds[] = {
      "async", "class", "def", "for", "if", "match", "try", "while", "with"};
  const auto code = static_cast<std::size_t>(rest.begin() - text.begin());
  return llvm::is_contained(compounds, nameAt(code)) ? end : code;
}

/// A line that is a magic, a command or a question.
bool MagicScanner::scanStatementMagic() {
  if (!isMagicAt(at) && !text.substr(at).starts_with("?"))
    return false;

  const std::size_t end = magicEnd(at);
  if (text.substr(at).starts_with("%autoawait"))
    noteAutoawait(text.slice(at, end).split(' ').second.trim(blanks));
  const std::size_t code = codeOfMagic(at, end);
  replace(at, code, code < end ? "0;" : "0");
  at = code;
  if (code < end)
    scanCode(code);
  return true;
}

/// `name = %magic`, `name = !command`; stands at the `=`.
void MagicScanner::scanAssignment() {
  const char before = at > 0 ? text[at - 1] : ' ';
  ++at;
  if (StringRef("=!<>+-*/%&|^@:~").contains(before) ||
      text.substr(at).starts_with("="))
    return;
  const std::size_t begin = text.find_first_not_of(blanks, at);
  if (begin == StringRef::npos || !isMagicAt(begin))
    return;
  const std::size_t end = magicEnd(begin);
  const std::size_t code = codeOfMagic(begin, end);
  replace(begin, code, code < end ? "" : "_0");
  at = code;
}

void MagicScanner::skipString() {
  const char quote = text[at];
  const char triple[] = {quote, quote, quote};
  const bool isTriple = text.substr(at).starts_with(StringRef(triple, 3));
  at += isTriple ? 3 : 1;
  while (at < text.size()) {
    const char c = text[at];
    const bool closes =
        c == quote &&
        (!isTriple || text.substr(at).starts_with(StringRef(triple, 3)));
    if (closes) {
      at += isTriple ? 3 : 1;
      return;
    }
    if (!isTriple && (c == '\n' || c == '\r'))
      return;
    at += c == '\\' ? 2 : 1;
  }
}

/// Goes to the end of the logical line that began at \p lineStart.
void MagicScanner::scanCode(std::size_t lineStart) {
  unsigned depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if ((c == '\n' || c == '\r') && depth == 0)
      return;
    if (c == '?') {
      at = lineEnd(at);
      return replace(lineStart, at, "0");
    }
    if (c == '#') {
      at = lineEnd(at);
    } else if (c == '"' || c == '\'') {
      skipString();
    } else if (c == '=' && depth == 0) {
      scanAssignment();
    } else {
      depth += StringRef("([{").contains(c) ? 1 : 0;
      depth -= depth > 0 && StringRef(")]}").contains(c) ? 1 : 0;
      at += text.substr(at).starts_with("\\\r\n") ? 3 : c == '\\' ? 2 : 1;
    }
  }
  at = text.size();
}

void looplint::replaceMagics(llvm::MutableArrayRef<char> cell, bool &mayAwait) {
  MagicScanner(cell, mayAwait).run();
}
