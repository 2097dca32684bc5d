//===- ShareRunner.cpp - one loop for runs that share an object -----------===//
//
//   asyncio.run(first())             with asyncio.Runner() as runner:
//   asyncio.run(second())                runner.run(first())
//                                        runner.run(second())
//
// What the runs share belongs to one loop, wherever it is made: in a variable
// of the module, in a class, in a default value. Up to Python 3.10, which has
// no runner, one coroutine waits for what they ran.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "HandMadeLoop.h"
#include "StartInRun.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The version that brought `asyncio.Runner`.
static constexpr Version runnerSince = 311;

namespace {

class SuccessiveRuns {
public:
  SuccessiveRuns(Workbench &bench, OperationKey run)
      : bench(bench), draft(bench), loop(bench, run),
        layout(bench.layout(loop.file)) {}

  std::optional<Fix> share();

private:
  bool findRuns();
  bool findBlock();
  bool isOneAfterTheOther() const;
  std::uint32_t parentOf(std::uint32_t statement) const {
    return layout.statements()[statement].parent;
  }
  bool isInLoop(std::uint32_t statement) const;
  bool widen();

  Workbench &bench;
  Draft draft;
  HandMadeLoop loop;
  const Layout &layout;
  std::vector<std::uint32_t> runs;       // operations
  std::vector<std::uint32_t> statements; // … and where they stand, of one block
};

} // namespace

/// Those of this function that make a loop of their own.
bool SuccessiveRuns::findRuns() {
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i) {
    if (!loop.does(i, EffectKind::RunLoop) || !loop.runsOwnLoop(i))
      continue;
    const Operation &run = loop.summary.operations[i];
    std::uint32_t statement = layout.statementAt(run.span.begin);
    bool isOfLibrary =
        bench.calledAt(bench.input.program.key(loop.file, i)).size() <= 1;
    if (!runsOneCoroutine(bench, loop.file, run) || !isOfLibrary ||
        statement == Statement::none)
      return false;
    runs.push_back(i);
    statements.push_back(statement);
  }
  return !runs.empty();
}

/// Goes from each statement to the one around it that stands in the innermost
/// block which all of them share.
bool SuccessiveRuns::findBlock() {
  auto depthOf = [&](std::uint32_t statement) {
    unsigned depth = 0;
    for (; parentOf(statement) != Statement::none;
         statement = parentOf(statement))
      ++depth;
    return depth;
  };
  unsigned least = depthOf(statements.front());
  for (std::uint32_t statement : statements)
    least = std::min(least, depthOf(statement));
  for (std::uint32_t &statement : statements)
    for (unsigned depth = depthOf(statement); depth > least; --depth)
      statement = parentOf(statement);
  auto isShared = [&] {
    const Statement &first = layout.statements()[statements.front()];
    return llvm::all_of(statements, [&](std::uint32_t index) {
      const Statement &other = layout.statements()[index];
      return other.parent == first.parent && other.block == first.block;
    });
  };
  while (!isShared())
    if (!widen())
      return false;
  return true;
}

/// Each becomes the statement around it, in the same function.
bool SuccessiveRuns::widen() {
  for (std::uint32_t &statement : statements) {
    statement = parentOf(statement);
    if (statement == Statement::none ||
        layout.statements()[statement].kind == Statement::Function ||
        layout.statements()[statement].kind == Statement::Class)
      return false;
  }
  return true;
}

bool SuccessiveRuns::isInLoop(std::uint32_t statement) const {
  llvm::StringRef text =
      bench.text({loop.file, layout.statements()[statement].span});
  return text.starts_with("for ") || text.starts_with("while ");
}

/// Nothing but what a block of a `with` may have stands between them.
bool SuccessiveRuns::isOneAfterTheOther() const {
  const Statement &first = layout.statements()[statements.front()];
  for (std::uint32_t i = statements.front(); i <= statements.back(); ++i) {
    const Statement &statement = layout.statements()[i];
    bool isBeside =
        statement.parent == first.parent && statement.block == first.block;
    bool isFlow = statement.kind == Statement::Simple ||
                  statement.kind == Statement::Compound ||
                  statement.kind == Statement::Try ||
                  statement.kind == Statement::With;
    if (isBeside && (!isFlow || !layout.hasLinesOfItsOwn(statement)))
      return false;
  }
  return true;
}

std::optional<Fix> SuccessiveRuns::share() {
  FunctionKind kind = bench.function(loop.function).kind;
  bool isCode = kind == FunctionKind::Module || kind == FunctionKind::Plain;
  if (!isCode || bench.isCoroutine(loop.function) ||
      !bench.input.sources.file(loop.file).cells().empty() || !findRuns() ||
      !findBlock())
    return std::nullopt;
  while (statements.front() == statements.back() &&
         !isInLoop(statements.front()))
    if (!widen())
      return std::nullopt;
  if (!isOneAfterTheOther())
    return std::nullopt;
  if (bench.input.targetVersion < runnerSince) {
    OperationKey first = bench.input.program.key(loop.file, runs.front());
    if (!startInRun(bench, draft, first, /*mayMoveAlone=*/false))
      return std::nullopt;
    return draft.finish(Applicability::Unsafe, "wait for both in one run");
  }
  std::string name = bench.freeName(loop.file, {"runner", "loop_runner"});
  if (name.empty())
    return std::nullopt;
  draft.putInBlock(loop.file, statements.front(), statements.back(),
                   "with " + draft.name(loop.file, "asyncio", "Runner") +
                       "() as " + name + ":");
  for (std::uint32_t run : runs)
    draft.replace({loop.file, loop.summary.operations[run].inner},
                  name + ".run");
  return draft.finish(Applicability::Unsafe, "let the runs share one loop");
}

std::optional<Fix> cures::shareRunner(Workbench &bench,
                                      const Finding &finding) {
  const Contexts &contexts = bench.input.contexts;
  if (!finding.subject.context)
    return std::nullopt;
  ObjectId second = contexts[finding.subject.context].runningLoop;
  OperationKey run = second ? contexts.heap[second].site : OperationKey();
  if (!run || bench.operation(run).kind != OperationKind::Call)
    return std::nullopt;
  return SuccessiveRuns(bench, run).share();
}
