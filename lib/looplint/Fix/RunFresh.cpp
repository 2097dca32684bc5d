//===- RunFresh.cpp - one call in place of a loop that is run by hand -----===//
//
//   loop = asyncio.new_event_loop()          return asyncio.run(work())
//   asyncio.set_event_loop(loop)
//   try:
//       return loop.run_until_complete(work())
//   finally:
//       loop.close()
//
// and all that is like it: a loop that is looked up, in a variable or in the
// same expression, and that nothing is done with but to run one coroutine and
// to put it away. Where a loop runs already, `await work()` takes its place.
//
//===----------------------------------------------------------------------===//

#include "Colouring.h"
#include "Cures.h"
#include "HandMadeLoop.h"
#include "UnseenCalls.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class HandMadeRun {
public:
  HandMadeRun(Workbench &bench, Draft &draft, OperationKey place)
      : bench(bench), draft(draft), loop(bench, place), file(loop.file),
        summary(loop.summary) {}

  /// With `asyncio.run`, where no loop runs.
  bool replaceByRun();
  /// With `await`, where one does.
  bool replaceByAwait();

private:
  bool understand();
  bool findRun();
  bool classify();
  void rewrite();
  void removeStatements();
  std::optional<std::uint32_t> emptiedTry() const;
  void unwrap(const Statement &statement, std::uint32_t index);
  std::string replacement(const Operation &run);

  Workbench &bench;
  Draft &draft;
  HandMadeLoop loop;
  const FileId file;
  const Summary &summary;
  std::optional<std::uint32_t> run;   // the operation that is kept
  std::vector<std::uint32_t> removed; // statements
  bool isAwaited = false;
};

} // namespace

/// The one run that does the work. What runs a loop of its own beside it, such
/// as `asyncio.run`, is none of this one's.
bool HandMadeRun::findRun() {
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i) {
    if (!loop.does(i, EffectKind::RunLoop) || loop.isHousekeeping(i) ||
        loop.runsOwnLoop(i))
      continue;
    if (run || !loop.isRun(i))
      return false;
    run = i;
  }
  return run.has_value();
}

/// Finds the statements that go; false where the loop is used for more.
bool HandMadeRun::classify() {
  const Layout &layout = bench.layout(file);
  IndexRange range = loop.operations;
  std::vector<Span> spans;
  bool isBound = false;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (loop.isBind(operation)) {
      // Of several look-ups each is there for a reason.
      if (!loop.looksUp(operation.value) || std::exchange(isBound, true))
        return false;
      spans.push_back(operation.span);
      continue;
    }
    if (i == run)
      continue;
    if (loop.isHousekeeping(i)) {
      spans.push_back(operation.span);
      continue;
    }
    if (loop.mentionsLoop(operation) && !loop.isInHousekeeping(i))
      return false;
  }
  for (Span span : spans) {
    if (!loop.isStatement(span))
      return false;
    removed.push_back(layout.statementAt(span.begin));
  }
  return true;
}

std::string HandMadeRun::replacement(const Operation &call) {
  const Argument &argument = summary.argumentsOf(call).front();
  Location written{file, argument.span};
  std::string coroutine =
      bench.withComments(bench.input.program.key(file, *run), written);
  bool isEnclosed = coroutine != bench.text(written);
  if (!isAwaited)
    return draft.name(file, "asyncio", "run") +
           (isEnclosed ? coroutine : "(" + coroutine + ")");
  if (bench.layout(file).needsParentheses(call.span))
    return "(await " + coroutine + ")";
  return "await " + coroutine;
}

/// A `try` whose `finally` would be empty, and that has nothing else.
std::optional<std::uint32_t> HandMadeRun::emptiedTry() const {
  const Layout &layout = bench.layout(file);
  for (std::uint32_t index : removed) {
    std::uint32_t parent = layout.statements()[index].parent;
    if (parent == Statement::none ||
        layout.statements()[parent].kind != Statement::Try)
      continue;
    bool isAllButBody = true;
    for (std::uint32_t i = parent + 1; i < layout.statements().size(); ++i) {
      const Statement &inner = layout.statements()[i];
      if (inner.parent == parent)
        isAllButBody &= inner.block == 0 || llvm::is_contained(removed, i);
    }
    llvm::StringRef text = bench.text({file, layout.statements()[parent].span});
    if (isAllButBody && !text.contains("except"))
      return parent;
  }
  return std::nullopt;
}

/// Puts the body of the `try` in its place.
void HandMadeRun::unwrap(const Statement &statement, std::uint32_t index) {
  const Layout &layout = bench.layout(file);
  const Operation &call = summary.operations[*run];
  std::string body;
  llvm::StringRef indentation = layout.indentation(statement.span.begin);
  for (std::uint32_t i = index + 1; i < layout.statements().size(); ++i) {
    const Statement &inner = layout.statements()[i];
    if (inner.parent != index || inner.block != 0 ||
        llvm::is_contained(removed, i))
      continue;
    Span lines = layout.linesOf(inner);
    std::string text = bench.text({file, lines}).str();
    bool isWhole = layout.hasLinesOfItsOwn(inner);
    // A string over several lines must not lose what looks like indentation.
    if (!isWhole || text.find("\"\"\"") != std::string::npos ||
        text.find("'''") != std::string::npos)
      return draft.giveUp();
    if (lines.begin <= call.span.begin && call.span.end <= lines.end)
      text.replace(call.span.begin - lines.begin,
                   call.span.end - call.span.begin, replacement(call));
    std::size_t depth = layout.indentation(inner.span.begin).size();
    llvm::SmallVector<llvm::StringRef, 8> parts;
    llvm::StringRef(text).split(parts, '\n');
    for (llvm::StringRef part : parts)
      if (!part.empty())
        body +=
            (indentation + part.drop_front(std::min(depth, part.size())) + "\n")
                .str();
  }
  draft.replace({file, layout.linesOf(statement)}, body);
}

void HandMadeRun::removeStatements() {
  for (std::uint32_t index : removed)
    draft.removeStatement(file, index);
}

void HandMadeRun::rewrite() {
  const Layout &layout = bench.layout(file);
  const Operation &call = summary.operations[*run];
  std::optional<std::uint32_t> emptied = emptiedTry();
  if (emptied) {
    const Statement &statement = layout.statements()[*emptied];
    unwrap(statement, *emptied);
    llvm::erase_if(removed, [&](std::uint32_t index) {
      Span span = layout.statements()[index].span;
      return statement.span.begin <= span.begin &&
             span.end <= statement.span.end;
    });
    bool isInside = statement.span.begin <= call.span.begin &&
                    call.span.end <= statement.span.end;
    removeStatements();
    if (isInside)
      return;
  } else {
    removeStatements();
  }
  draft.replace({file, call.span}, replacement(call));
}

bool HandMadeRun::understand() {
  return findRun() && classify() && !loop.isShared();
}

bool HandMadeRun::replaceByRun() {
  FunctionKind kind = bench.function(loop.function).kind;
  if (kind == FunctionKind::ClassBody || bench.isCoroutine(loop.function) ||
      !understand())
    return false;
  rewrite();
  return true;
}

bool HandMadeRun::replaceByAwait() {
  if (!understand() || removed.empty())
    return false;
  isAwaited = true;
  makeAwaitable(bench, draft, bench.input.program.key(file, *run),
                Formerly::RanLoop);
  rewrite();
  return true;
}

bool looplint::replaceByRun(Workbench &bench, Draft &draft,
                            OperationKey place) {
  return HandMadeRun(bench, draft, place).replaceByRun();
}

static constexpr llvm::StringLiteral letRun =
    "let `asyncio.run` make, run and close the loop";

std::optional<Fix> cures::runFresh(Workbench &bench, const Finding &finding) {
  Draft draft(bench);
  if (!replaceByRun(bench, draft, finding.subject.operation))
    return std::nullopt;
  return draft.finish(Applicability::Unsafe, letRun.str());
}

/// A helper hands out the loop: who runs it has a loop made for that instead.
std::optional<Fix> cures::runFreshInCallers(Workbench &bench,
                                            const Finding &finding) {
  FunctionKey helper = bench.functionOf(finding.subject.operation);
  if (!handsOutLoop(bench, helper))
    return std::nullopt;
  Draft draft(bench);
  std::vector<FunctionKey> callers;
  auto replace = [&](const CallSite &site) {
    if (llvm::is_contained(callers, site.caller))
      return true;
    callers.push_back(site.caller);
    return site.isCall() && (replaceByRun(bench, draft, site.at) ||
                             replaceByRunner(bench, draft, site.at));
  };
  // Where a loop runs, it is that one which is handed out.
  std::vector<CallSite> sites = unseenCallsOf(bench, helper);
  llvm::append_range(sites, bench.sitesOf(helper));
  for (const CallSite &site : sites) {
    if (site.isOnLoop || bench.mayAwait(site.at))
      continue;
    // What comes behind the first of them, which raises, is not reached.
    bool isSure = site.isOffLoop;
    bool mayReplace = isSure || !isHiddenFromLoop(bench, site.caller);
    if (mayReplace && !replace(site) && isSure)
      return std::nullopt;
  }
  return draft.finish(Applicability::Unsafe, letRun.str());
}

std::optional<Fix> cures::awaitInstead(Workbench &bench,
                                       const Finding &finding) {
  Draft draft(bench);
  if (!HandMadeRun(bench, draft, finding.subject.operation).replaceByAwait())
    return std::nullopt;
  return draft.finish(Applicability::Unsafe,
                      "await the coroutine on the loop that runs already");
}
