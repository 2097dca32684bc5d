//===- Gather.cpp - loads of one tick instead of one by one ---------------===//
//
//   [await load(key) for key in keys]   await asyncio.gather(*(load(key) for
//   …))
//
//   for key in keys:                    names.extend(await asyncio.gather(…))
//       names.append(await load(key))
//
// `gather` gives the results in the order of the keys.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class Gathering {
public:
  Gathering(Workbench &bench, Location await)
      : bench(bench), draft(bench), at(await), layout(bench.layout(at.file)) {}

  std::optional<Fix> gather();

private:
  bool gatherComprehension();
  bool gatherAppends();
  bool gatherPair();
  const Statement *awaitedBefore(const Statement &second) const;

  llvm::StringRef text(Span span) const { return bench.text({at.file, span}); }
  /// Without its `await`.
  llvm::StringRef awaited() const {
    return text(at.span).drop_front(llvm::StringRef("await").size()).ltrim();
  }
  std::string gatherOf(llvm::StringRef clauses) {
    return draft.name(at.file, "asyncio", "gather") + "(*(" + awaited().str() +
           clauses.rtrim().str() + "))";
  }

  Workbench &bench;
  Draft draft;
  Location at; // of the `await`
  const Layout &layout;
};

} // namespace

bool Gathering::gatherComprehension() {
  std::optional<Span> whole = layout.listComprehensionOf(at.span);
  if (!whole)
    return false;
  std::string gathered =
      "await " + gatherOf(text({at.span.end, whole->end - 1}));
  draft.replace({at.file, *whole}, layout.needsParentheses(*whole)
                                       ? "(" + gathered + ")"
                                       : gathered);
  return true;
}

/// The body of the `for` is `x.append(await …)` and nothing else.
bool Gathering::gatherAppends() {
  std::uint32_t index = layout.statementAt(at.span.begin);
  if (index == Statement::none)
    return false;
  const Statement &append = layout.statements()[index];
  bool isAlone =
      append.parent != Statement::none &&
      llvm::count_if(layout.statements(), [&](const Statement &other) {
        return other.parent == append.parent;
      }) == 1;
  std::optional<Layout::ForHeader> header =
      isAlone ? layout.forHeader(append.parent) : std::nullopt;
  auto [list, method] =
      text({append.span.begin, at.span.begin}).rtrim().rsplit('.');
  bool isAppend = header && method == "append(" && !list.contains('(') &&
                  text({at.span.end, append.span.end}).trim() == ")";
  // A comment between the lines would be lost.
  bool hasComment =
      isAppend && text({header->iterable.end, append.span.begin}).contains('#');
  if (!isAppend || hasComment)
    return false;
  const Statement &loop = layout.statements()[append.parent];
  draft.replace({at.file, loop.span},
                list.str() + ".extend(await " +
                    gatherOf((" for " + text(header->target) + " in " +
                              text(header->iterable))
                                 .str()) +
                    ")");
  return true;
}

/// `name = await …` right before, on lines of its own, and what it awaits.
const Statement *Gathering::awaitedBefore(const Statement &second) const {
  const Statement *before = nullptr;
  for (const Statement &statement : layout.statements())
    if (statement.parent == second.parent && statement.block == second.block &&
        statement.span.end <= second.span.begin)
      before = &statement;
  return before;
}

/// `a = await x` and `b = await y`, one below the other.
bool Gathering::gatherPair() {
  std::uint32_t index = layout.statementAt(at.span.begin);
  if (index == Statement::none)
    return false;
  const Statement &second = layout.statements()[index];
  const Statement *first = awaitedBefore(second);
  if (!first || second.span.end != at.span.end ||
      !text({first->span.end, second.span.begin}).trim().empty())
    return false;
  auto [target, value] = text(first->span).split('=');
  auto [other, rest] = text(second.span).split('=');
  llvm::StringRef loaded = value.ltrim();
  bool arePlain =
      loaded.consume_front("await ") && rest.ltrim().starts_with("await ") &&
      target.trim().find_first_of(" .,()[]:") == llvm::StringRef::npos &&
      other.trim().find_first_of(" .,()[]:") == llvm::StringRef::npos &&
      !awaited().contains(target.trim());
  if (!arePlain)
    return false;
  draft.replace({at.file, {first->span.begin, second.span.end}},
                (target.trim() + ", " + other.trim()).str() + " = await " +
                    draft.name(at.file, "asyncio", "gather") + "(" +
                    loaded.str() + ", " + awaited().str() + ")");
  return true;
}

std::optional<Fix> Gathering::gather() {
  if (!text(at.span).starts_with("await"))
    return std::nullopt;
  if (!gatherComprehension() && !gatherAppends() && !gatherPair())
    return std::nullopt;
  return draft.finish(Applicability::Unsafe, "let the loads join in one batch");
}

std::optional<Fix> cures::gather(Workbench &bench, const Finding &finding) {
  return Gathering(bench, finding.at).gather();
}
