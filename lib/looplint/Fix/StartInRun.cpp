//===- StartInRun.cpp - what needs a running loop is started in one -------===//
//
//   if __name__ == "__main__":        async def main():
//       scheduler.start()                 scheduler.start()
//       while True:                       while True:
//           time.sleep(1)                     await asyncio.sleep(1)
//
//
//                                     if __name__ == "__main__":
//                                         asyncio.run(main())
//
// What kept the program alive, a call that sleeps or that runs a loop, keeps
// the run alive from now on. Where there is none, how long the run has to last
// is the author's to say. A loop that is made by hand, and used for more than
// runs, is replaced in the same way.
//
//===----------------------------------------------------------------------===//

#include "StartInRun.h"

#include "Colouring.h"
#include "Cures.h"
#include "HandMadeLoop.h"
#include "WaitOnLoop.h"
#include "looplint/Fix/UnusedImports.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class InnerRun {
public:
  InnerRun(Workbench &bench, Draft &draft, OperationKey start)
      : bench(bench), draft(draft), start(start),
        file(bench.input.program.fileOf(start)),
        summary(bench.input.program.summary(file)), layout(bench.layout(file)),
        function(bench.functionOf(start)) {}

  /// \p mayMoveAlone: the start may leave what stands around it behind.
  bool write(bool mayMoveAlone);

private:
  bool wait(Span within, llvm::StringRef shift = "") {
    return waitOnLoop(bench, draft, start, within, shift);
  }
  bool isUsedOutside(Span block) const;
  bool moveGuarded(const Statement &guard);
  bool moveRest(std::uint32_t first);
  FunctionKey runBehind() const;
  bool moveIntoRun(const Statement &statement);
  bool moveIntoMain(bool mayMoveAlone);

  Workbench &bench;
  Draft &draft;
  OperationKey start;
  FileId file;
  const Summary &summary;
  const Layout &layout;
  FunctionKey function;
};

} // namespace

static bool contains(Span outer, Span inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

/// A name that the block binds is known elsewhere, where it would be missing.
bool InnerRun::isUsedOutside(Span block) const {
  IndexRange range = summary.function(FunctionId(0)).operations;
  std::vector<std::uint32_t> bound;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind == OperationKind::Bind && !operation.scope &&
        contains(block, operation.span))
      bound.push_back(operation.variable);
  }
  auto isBound = [&](const Value &value) {
    bool isOuter = value.kind == ValueKind::Outer && value.a == 0;
    return isOuter && llvm::is_contained(bound, value.b);
  };
  if (llvm::any_of(summary.values, isBound))
    return true;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (contains(block, operation.span))
      continue;
    if (operation.kind == OperationKind::Bind && !operation.scope &&
        llvm::is_contained(bound, operation.variable))
      return true;
    for (ValueId id : subvalues(summary, operation)) {
      const Value &value = summary.value(id);
      if (value.kind == ValueKind::Local && llvm::is_contained(bound, value.a))
        return true;
    }
  }
  llvm::ArrayRef<Variable> variables =
      summary.variablesOf(summary.function(FunctionId(0)));
  return llvm::any_of(bound, [&](std::uint32_t variable) {
    return isImportedElsewhere(bench.input.program, file,
                               summary.string(variables[variable].name));
  });
}

/// The block below `if __name__ == "__main__":` stays where it is, and becomes
/// the coroutine's.
bool InnerRun::moveGuarded(const Statement &guard) {
  llvm::StringRef text = bench.text({file, guard.span});
  std::size_t colon = text.find(":\n");
  llvm::StringRef header = text.take_front(colon + 1);
  std::string name = bench.freeName(file, {"main", "run", "serve"});
  if (colon == llvm::StringRef::npos || !header.contains("__name__") ||
      name.empty() || !layout.hasLinesOfItsOwn(guard) ||
      isUsedOutside(guard.span) || !wait(guard.span))
    return false;
  for (const Statement &inner : layout.statements())
    if (inner.parent != Statement::none && inner.block != 0 &&
        &layout.statements()[inner.parent] == &guard)
      return false;
  std::string end = layout.lineEnd().str();
  std::uint32_t begin = guard.span.begin;
  auto length = static_cast<std::uint32_t>(header.size());
  Span lines = layout.linesOf(guard);
  draft.replace({file, {begin, begin + length}}, "async def " + name + "():");
  std::string before = bench.text({file, lines}).ends_with("\n") ? "" : end;
  draft.insert(file, lines.end,
               before + end + end + header.str() + end + "    " +
                   draft.name(file, "asyncio", "run") + "(" + name + "())" +
                   end);
  return true;
}

/// What \p above lacks of the two empty lines that stand above a function.
static std::string gapAbove(llvm::StringRef above, const std::string &end) {
  if (above.empty() || above.ends_with(end + end + end))
    return "";
  return above.ends_with(end + end) ? end : end + end;
}

/// The statements of the module from \p first on become the coroutine's.
bool InnerRun::moveRest(std::uint32_t first) {
  llvm::ArrayRef<Statement> statements = layout.statements();
  Span rest = layout.linesOf(statements[first]);
  for (std::uint32_t i = first; i < statements.size(); ++i) {
    const Statement &statement = statements[i];
    bool isFlow = statement.kind == Statement::Simple ||
                  statement.kind == Statement::Compound ||
                  statement.kind == Statement::Try ||
                  statement.kind == Statement::With;
    if (!isFlow || !layout.hasLinesOfItsOwn(statement))
      return false;
    if (statement.parent == Statement::none)
      rest.end = layout.linesOf(statement).end;
  }
  llvm::StringRef text = bench.text({file, rest});
  std::string name = bench.freeName(file, {"main", "run", "serve"});
  // A string over several lines must not gain what looks like indentation.
  if (text.contains("\"\"\"") || text.contains("'''") || name.empty() ||
      isUsedOutside(rest) || !wait(rest, "    "))
    return false;
  std::string end = layout.lineEnd().str();
  std::string before = gapAbove(bench.text(file).take_front(rest.begin), end) +
                       "async def " + name + "():" + end;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    auto line = rest.begin + static_cast<std::uint32_t>(at);
    if (!text.slice(at, next).trim().empty() && !draft.isRemoved(file, line))
      draft.insert(file, line, std::exchange(before, "") + "    ");
    at = next;
  }
  draft.insert(file, rest.end,
               (text.ends_with("\n") ? "" : end) + end + end +
                   draft.name(file, "asyncio", "run") + "(" + name + "())" +
                   end);
  return true;
}

/// The coroutine function of this file that the module runs once, behind the
/// start, and that nothing else calls; invalid where there is none.
FunctionKey InnerRun::runBehind() const {
  IndexRange range = bench.function(function).operations;
  HandMadeLoop loop(bench, start);
  for (std::uint32_t i = bench.input.program.local(start).index();
       i < range.end; ++i) {
    if (!loop.does(i, EffectKind::RunLoop))
      continue;
    if (!loop.runsOwnLoop(i) ||
        !runsOneCoroutine(bench, file, summary.operations[i]))
      return FunctionKey();
    OperationKey at = bench.input.program.key(file, i);
    llvm::ArrayRef<FunctionKey> run = bench.calledAt(at);
    bool isOnlyRun =
        run.size() == 1 && bench.isCoroutine(run.front()) &&
        bench.input.program.fileOf(run.front()) == file &&
        bench.function(run.front()).parent == FunctionId(0) &&
        llvm::all_of(bench.sitesOf(run.front()),
                     [&](const CallSite &site) { return site.at == at; });
    return isOnlyRun ? run.front() : FunctionKey();
  }
  return FunctionKey();
}

/// The statement becomes the first one of the coroutine that is run anyway.
bool InnerRun::moveIntoRun(const Statement &statement) {
  llvm::StringRef text = bench.text({file, statement.span});
  if (statement.kind != Statement::Simple || text.contains('\n') ||
      statement.span != bench.operation(start).span)
    return false;
  FunctionKey run = runBehind();
  if (!run || bench.function(run).isGenerator)
    return false;
  // Its names have to mean the same there.
  for (const Variable &variable : summary.variablesOf(bench.function(run)))
    if (text.contains(summary.string(variable.name)))
      return false;
  draft.insertFirst(run, text);
  draft.removeStatement(file,
                        layout.statementAt(bench.operation(start).span.begin));
  return true;
}

bool InnerRun::moveIntoMain(bool mayMoveAlone) {
  std::uint32_t at = layout.statementAt(bench.operation(start).span.begin);
  if (at == Statement::none)
    return false;
  if (mayMoveAlone && moveIntoRun(layout.statements()[at]))
    return true;
  std::uint32_t parent = layout.statements()[at].parent;
  if (parent == Statement::none)
    return moveRest(at);
  const Statement &guard = layout.statements()[parent];
  return guard.parent == Statement::none && guard.kind == Statement::Compound &&
         moveGuarded(guard);
}

bool InnerRun::write(bool mayMoveAlone) {
  FunctionKind kind = bench.function(function).kind;
  if (!bench.input.sources.file(file).cells().empty() ||
      bench.isCoroutine(function))
    return false;
  if (kind == FunctionKind::Module)
    return moveIntoMain(mayMoveAlone);
  if (kind != FunctionKind::Plain || !wait(bench.function(function).span))
    return false;
  makeAwaitable(bench, draft, start, Formerly::RanLoop);
  return true;
}

bool looplint::startInRun(Workbench &bench, Draft &draft, OperationKey start,
                          bool mayMoveAlone) {
  return InnerRun(bench, draft, start).write(mayMoveAlone);
}

/// Where a coroutine that ends too soon is run, if that is one place: what
/// stands behind it there has to wait in the same run.
static OperationKey runOf(Workbench &bench, FunctionKey coroutine) {
  llvm::ArrayRef<CallSite> sites = bench.sitesOf(coroutine);
  bool isRun = sites.size() == 1 && sites.front().kind == EdgeKind::Drives &&
               !sites.front().isOnLoop;
  return isRun ? sites.front().at : OperationKey();
}

std::optional<Fix> cures::startInRun(Workbench &bench, const Finding &finding) {
  OperationKey start = finding.subject.operation;
  Draft draft(bench);
  FunctionKey function = bench.functionOf(start);
  if (bench.isCoroutine(function)) {
    start = runOf(bench, function);
    if (!start)
      return std::nullopt;
  }
  if (bench.operation(start).kind != OperationKind::Call ||
      !looplint::startInRun(bench, draft, start, /*mayMoveAlone=*/true))
    return std::nullopt;
  return draft.finish(Applicability::Unsafe,
                      "start it in a coroutine that `asyncio.run` runs");
}
