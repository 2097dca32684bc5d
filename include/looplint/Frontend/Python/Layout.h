//===- Layout.h - how the text of a Python file is laid out ---------------===//
//
// A summary says what a file does; whoever edits its text must also know where
// statements begin and end, how they are nested and what the imports look like.
// Made on demand, by parsing the text once more: few files are ever edited.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_LAYOUT_H
#define LOOPLINT_FRONTEND_PYTHON_LAYOUT_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace looplint::python {

/// One name that an import statement binds.
struct ImportClause {
  std::string module; // "a.b", with its leading dots
  std::string name;   // of `from module import name`; empty for `import module`
  std::string bound;  // the name as the file knows it; "a" for `import a.b`
  Span span;
};

struct Statement {
  enum Kind : std::uint8_t {
    Simple,
    Docstring,
    FutureImport,
    Import,
    ImportFrom,
    Function,
    Class,
    Try,
    With,
    Compound, // any other that has a block
  };
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  Kind kind = Simple;
  /// A definition with its decorators, a compound statement with its clauses;
  /// without the end of line and without a comment behind it.
  Span span;
  /// Index of the statement whose block it stands in; `none` at the top level.
  std::uint32_t parent = none;
  /// Function: where `def` or `async def` stands. Others: as `span`.
  Span definition;
  /// Which of its parent's blocks it stands in, counted from 0.
  std::uint32_t block = 0;
  std::vector<ImportClause> imports;
};

/// Refers to the text, which must outlive it. Immutable.
class Layout {
public:
  explicit Layout(llvm::StringRef text);
  ~Layout();
  Layout(Layout &&) noexcept;

  llvm::StringRef source() const { return text; }
  /// In source order, so a statement comes after the one it stands in.
  llvm::ArrayRef<Statement> statements() const { return list; }
  /// The innermost statement around byte \p offset; `Statement::none` between
  /// statements.
  std::uint32_t statementAt(std::uint32_t offset) const;

  /// The first statement of the block that \p statement opens, its docstring
  /// left out.
  std::optional<std::uint32_t> firstInBody(std::uint32_t statement) const;

  /// The indentation of the line that byte \p offset stands in.
  llvm::StringRef indentation(std::uint32_t offset) const;
  /// The statement begins its line and nothing but a comment follows it there.
  bool hasLinesOfItsOwn(const Statement &statement) const;
  /// Its lines, with the end of the last one.
  Span linesOf(const Statement &statement) const;
  /// What goes with whole lines that go: where empty lines stand above and
  /// below them, those above; at the beginning of the file those below.
  Span withGap(Span lines) const;
  /// How the file ends its lines: "\n" or "\r\n".
  llvm::StringRef lineEnd() const;

  /// A prefix operator in front of the expression at \p span would bind weaker
  /// than what follows it there: `f()` in `f().x`, `f()[0]`, `f()()`,
  /// `await f()`.
  bool needsParentheses(Span span) const;
  /// The expression at \p span is what an `await` waits for.
  bool isAwaited(Span span) const;
  /// The expression at \p span stands in a comprehension or a lambda.
  bool isInNestedScope(Span span) const;
  /// `await` cannot stand at \p span, or would mean something else than in the
  /// function around it: in a lambda, in a generator expression, and before
  /// Python 3.11 in a comprehension within another.
  bool refusesAwait(Span span) const;

  /// A list comprehension whose element is the expression at \p element, and
  /// where nothing but the element awaits.
  std::optional<Span> listComprehensionOf(Span element) const;
  /// Target and iterable of a `for` without `else`; none for `async for`.
  struct ForHeader {
    Span target;
    Span iterable;
  };
  std::optional<ForHeader> forHeader(std::uint32_t statement) const;

  /// Comments that begin in \p span, in order.
  std::vector<Span> commentsIn(Span span) const;

  /// The name is used, other than by the imports that bind it: as a variable,
  /// or as a text such as `__all__` and quoted annotations have. What overlaps
  /// one of \p except does not count.
  bool usesName(llvm::StringRef name, llvm::ArrayRef<Span> except = {}) const;

private:
  struct Tree;
  void readStatements();
  /// How many nodes around \p span, within its statement, are of a kind.
  template <typename Matches>
  unsigned countAround(Span span, Matches matches) const;

  llvm::StringRef text;
  std::unique_ptr<Tree> tree;
  std::vector<Statement> list;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_LAYOUT_H
