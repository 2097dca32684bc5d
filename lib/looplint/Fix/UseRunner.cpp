//===- UseRunner.cpp - a runner in place of a loop run again and again ----===//
//
//   loop = asyncio.new_event_loop()          with asyncio.Runner() as runner:
//   try:                                         runner.run(first())
//       loop.run_until_complete(first())         runner.run(second())
//       loop.run_until_complete(second())
//   finally:
//       loop.close()
//
// What runs several times on one loop shares what is bound to it, so that a
// loop for each, as `asyncio.run` makes it, is not the same.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "HandMadeLoop.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The version that brought `asyncio.Runner`.
static constexpr Version runnerSince = 311;

namespace {

class RepeatedRun {
public:
  RepeatedRun(Workbench &bench, Draft &draft, OperationKey place)
      : bench(bench), draft(draft), loop(bench, place),
        layout(bench.layout(loop.file)) {}

  bool replaceByRunner();

private:
  bool classify();
  bool findBlock();
  std::optional<std::uint32_t> inBlock(std::uint32_t statement) const;
  bool isRepeated() const;
  bool isEmptied(std::uint32_t statement) const;
  bool replaceTry();
  std::string opening();

  Workbench &bench;
  Draft &draft;
  HandMadeLoop loop;
  const Layout &layout;
  std::string name; // of the runner
  std::vector<std::uint32_t> runs;
  std::vector<std::uint32_t> removed; // statements
  std::uint32_t bind = Statement::none;
  // Of the statements in the same block as `bind`: those with a run in them.
  std::uint32_t first = Statement::none;
  std::uint32_t last = Statement::none;
};

} // namespace

/// Finds the runs, and the statements that go; false where the loop is used for
/// more.
bool RepeatedRun::classify() {
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i) {
    const Operation &operation = loop.summary.operations[i];
    if (loop.isHousekeeping(i) || loop.isBind(operation)) {
      if (!loop.isStatement(operation.span))
        return false;
      std::uint32_t statement = layout.statementAt(operation.span.begin);
      removed.push_back(statement);
      if (loop.isHousekeeping(i))
        continue;
      if (!loop.looksUp(operation.value) || bind != Statement::none)
        return false;
      bind = statement;
    } else if (loop.does(i, EffectKind::RunLoop) && !loop.runsOwnLoop(i)) {
      if (!loop.isRun(i) || !loop.isLoop(loop.receiverOf(operation)))
        return false;
      runs.push_back(i);
    } else if (loop.mentionsLoop(operation) && !loop.isInHousekeeping(i)) {
      return false;
    }
  }
  return bind != Statement::none && !runs.empty();
}

/// The statement around it that stands in the same block as the look-up.
std::optional<std::uint32_t>
RepeatedRun::inBlock(std::uint32_t statement) const {
  const Statement &wanted = layout.statements()[bind];
  for (; statement != Statement::none;
       statement = layout.statements()[statement].parent) {
    const Statement &at = layout.statements()[statement];
    if (at.parent == wanted.parent && at.block == wanted.block)
      return statement;
  }
  return std::nullopt;
}

bool RepeatedRun::findBlock() {
  for (std::uint32_t run : runs) {
    Span span = loop.summary.operations[run].span;
    std::optional<std::uint32_t> statement =
        inBlock(layout.statementAt(span.begin));
    if (!statement || *statement < bind)
      return false;
    first = std::min(first, *statement);
    last = last == Statement::none ? *statement : std::max(last, *statement);
  }
  return true;
}

/// One run after the other: several, or one in a loop.
bool RepeatedRun::isRepeated() const {
  if (runs.size() > 1)
    return true;
  unsigned depth = 0;
  for (std::uint32_t i = loop.operations.begin; i < runs.front(); ++i) {
    OperationKind kind = loop.summary.operations[i].kind;
    depth += kind == OperationKind::Loop;
    depth -= kind == OperationKind::EndLoop;
  }
  return depth > 0;
}

/// All that stands in the statement behind its first block goes.
bool RepeatedRun::isEmptied(std::uint32_t statement) const {
  for (std::uint32_t i = statement + 1; i < layout.statements().size(); ++i) {
    const Statement &inner = layout.statements()[i];
    if (inner.parent == statement && inner.block != 0 &&
        !llvm::is_contained(removed, i))
      return false;
  }
  return true;
}

std::string RepeatedRun::opening() {
  return "with " + draft.name(loop.file, "asyncio", "Runner") + "() as " +
         name + ":";
}

/// `try: … finally: loop.close()` is what the `with` does; false where it is
/// not all there is.
bool RepeatedRun::replaceTry() {
  const Statement &statement = layout.statements()[first];
  if (first != last || statement.kind != Statement::Try || !isEmptied(first))
    return false;
  std::uint32_t end = statement.span.begin;
  for (std::uint32_t i = first + 1; i < layout.statements().size(); ++i) {
    const Statement &inner = layout.statements()[i];
    if (inner.parent == first && inner.block == 0)
      end = layout.linesOf(inner).end;
  }
  Span rest{end, layout.linesOf(statement).end};
  llvm::StringRef clauses = bench.text({loop.file, rest});
  llvm::StringRef text = bench.text({loop.file, statement.span});
  if (!clauses.trim().starts_with("finally") || clauses.contains('#') ||
      !text.consume_front("try:"))
    return false;
  std::uint32_t begin = statement.span.begin;
  draft.replace({loop.file, {begin, begin + 4}}, opening());
  draft.replace({loop.file, rest}, "");
  llvm::erase_if(removed, [&](std::uint32_t index) {
    return rest.begin <= layout.statements()[index].span.begin &&
           layout.statements()[index].span.end <= rest.end;
  });
  return true;
}

bool RepeatedRun::replaceByRunner() {
  FunctionKind kind = bench.function(loop.function).kind;
  if (bench.input.targetVersion < runnerSince ||
      kind == FunctionKind::ClassBody || bench.isCoroutine(loop.function) ||
      !classify() || !isRepeated() || loop.isShared() || !findBlock())
    return false;
  name = bench.freeName(loop.file, {"runner", "loop_runner"});
  if (name.empty())
    return false;
  bool isReplaced = replaceTry();
  for (std::uint32_t index : removed)
    draft.removeStatement(loop.file, index);
  if (!isReplaced)
    draft.putInBlock(loop.file, first, last, opening());
  for (std::uint32_t run : runs)
    draft.replace({loop.file, loop.summary.operations[run].inner},
                  name + ".run");
  return true;
}

bool looplint::replaceByRunner(Workbench &bench, Draft &draft,
                               OperationKey place) {
  return RepeatedRun(bench, draft, place).replaceByRunner();
}

std::optional<Fix> cures::useRunner(Workbench &bench, const Finding &finding) {
  Draft draft(bench);
  if (!replaceByRunner(bench, draft, finding.subject.operation))
    return std::nullopt;
  return draft.finish(Applicability::Unsafe,
                      "let `asyncio.Runner` make, run and close the loop");
}
