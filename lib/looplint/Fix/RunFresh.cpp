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
#include "looplint/Fix/UnusedImports.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class HandMadeRun {
public:
  HandMadeRun(Workbench &bench, OperationKey place)
      : bench(bench), draft(bench), file(bench.input.program.fileOf(place)),
        summary(bench.input.program.summary(file)),
        function(bench.functionOf(place)) {}

  /// With `asyncio.run`, where no loop runs.
  std::optional<Fix> replaceByRun();
  /// With `await`, where one does.
  std::optional<Fix> replaceByAwait();

private:
  bool understand();
  bool isShared() const;
  bool findRun();
  bool classify();
  bool does(std::uint32_t operation, EffectKind kind) const;
  bool looksUp(ValueId value) const;
  bool isHousekeeping(std::uint32_t operation) const;
  bool mentionsLoop(const Operation &operation) const;
  bool isLoop(ValueId value) const;
  bool isStatement(Span span) const;
  bool mayBeCoroutine(ValueId value) const;
  void rewrite();
  void removeStatements();
  std::optional<std::uint32_t> emptiedTry() const;
  void unwrap(const Statement &statement, std::uint32_t index);
  std::string replacement(const Operation &run);
  ValueId receiverOf(const Operation &call) const;

  Workbench &bench;
  Draft draft;
  FileId file;
  const Summary &summary;
  FunctionKey function;
  std::optional<std::uint32_t> run;      // the operation that is kept
  std::optional<std::uint32_t> variable; // that holds the loop
  std::vector<std::uint32_t> removed;    // statements
  bool isAwaited = false;
};

} // namespace

/// The receiver of a method call.
ValueId HandMadeRun::receiverOf(const Operation &call) const {
  if (call.kind != OperationKind::Call || !call.value)
    return ValueId();
  const Value &callee = summary.value(call.value);
  return callee.kind == ValueKind::Attribute ? ValueId(callee.a) : ValueId();
}

bool HandMadeRun::isLoop(ValueId value) const {
  return value && variable && summary.value(value).kind == ValueKind::Local &&
         summary.value(value).a == *variable;
}

/// Whether the call has that effect, by the names it is written with: behind a
/// look-up that raises nothing is known but what is written.
bool HandMadeRun::does(std::uint32_t operation, EffectKind kind) const {
  const Operation &call = summary.operations[operation];
  if (call.kind != OperationKind::Call)
    return false;
  const ApiFunction *api =
      bench.libraryFunction(bench.input.program.key(file, operation));
  ValueId receiver = receiverOf(call);
  if (!api && receiver && (isLoop(receiver) || looksUp(receiver)))
    api =
        bench.loopMethod(summary.string(StringId(summary.value(call.value).b)));
  return api && api->find(kind);
}

/// The value is a loop that is made or asked for right there.
bool HandMadeRun::looksUp(ValueId value) const {
  if (!value || summary.value(value).kind != ValueKind::Result)
    return false;
  OperationKey call = bench.input.program.key(file, summary.value(value).a);
  const ApiFunction *api = bench.libraryFunction(call);
  if (!api || api->isCoroutine)
    return false;
  const Effect *current = api->find(EffectKind::CurrentLoop);
  return api->find(EffectKind::NewLoop) || (current && !current->needsRunning);
}

/// Any use of the variable at all, in whatever depth of an expression.
bool HandMadeRun::mentionsLoop(const Operation &operation) const {
  llvm::SmallVector<ValueId, 16> open{operation.value, operation.target,
                                      operation.key};
  for (const Argument &argument : summary.argumentsOf(operation))
    open.push_back(argument.value);
  while (!open.empty()) {
    ValueId id = open.pop_back_val();
    if (!id)
      continue;
    if (isLoop(id))
      return true;
    const Value &value = summary.value(id);
    if (value.kind == ValueKind::Attribute || value.kind == ValueKind::Item ||
        value.kind == ValueKind::Element || value.kind == ValueKind::Not)
      open.push_back(ValueId(value.a));
    llvm::append_range(open, summary.operandsOf(value));
  }
  return false;
}

/// asyncio.run takes a coroutine and nothing else: what a library returns that
/// is none, such as a future, cannot be given to it.
bool HandMadeRun::mayBeCoroutine(ValueId id) const {
  const Value &value = summary.value(id);
  if (value.kind != ValueKind::Result)
    return value.kind == ValueKind::Local;
  OperationKey call = bench.input.program.key(file, value.a);
  const ApiFunction *api = bench.libraryFunction(call);
  return (!api || api->isCoroutine) &&
         !isLoop(receiverOf(bench.operation(call)));
}

/// Closing, installing, and running what ends the loop's own affairs.
bool HandMadeRun::isHousekeeping(std::uint32_t operation) const {
  if (does(operation, EffectKind::CloseLoop) ||
      does(operation, EffectKind::SetLoop))
    return true;
  const Operation &call = summary.operations[operation];
  if (!does(operation, EffectKind::RunLoop) ||
      summary.argumentsOf(call).empty())
    return false;
  const Value &driven = summary.value(summary.argumentsOf(call).front().value);
  return driven.kind == ValueKind::Result &&
         isLoop(receiverOf(summary.operations[driven.a]));
}

/// The one run that does the work, and the variable that holds its loop.
bool HandMadeRun::findRun() {
  IndexRange range = bench.function(function).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind == OperationKind::Bind && !operation.scope &&
        looksUp(operation.value))
      variable = operation.variable;
  }
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (!does(i, EffectKind::RunLoop) || isHousekeeping(i))
      continue;
    const Operation &call = summary.operations[i];
    ValueId receiver = receiverOf(call);
    bool isOurs = receiver && (isLoop(receiver) || looksUp(receiver));
    llvm::ArrayRef<Argument> arguments = summary.argumentsOf(call);
    if (run || !isOurs || arguments.size() != 1 ||
        arguments.front().kind != Argument::Positional ||
        !mayBeCoroutine(arguments.front().value))
      return false;
    run = i;
  }
  return run.has_value();
}

bool HandMadeRun::isStatement(Span span) const {
  const Layout &layout = bench.layout(file);
  std::uint32_t index = layout.statementAt(span.begin);
  return index != Statement::none && layout.statements()[index].span == span &&
         layout.hasLinesOfItsOwn(layout.statements()[index]);
}

/// Finds the statements that go; false where the loop is used for more.
bool HandMadeRun::classify() {
  const Layout &layout = bench.layout(file);
  IndexRange range = bench.function(function).operations;
  std::vector<Span> spans;
  bool isBound = false;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    bool isBind = variable && operation.kind == OperationKind::Bind &&
                  !operation.scope && operation.variable == *variable;
    if (isBind) {
      // Of several look-ups each is there for a reason.
      if (!looksUp(operation.value) || std::exchange(isBound, true))
        return false;
      spans.push_back(operation.span);
      continue;
    }
    if (i == run)
      continue;
    if (isHousekeeping(i)) {
      spans.push_back(operation.span);
      continue;
    }
    bool isInHousekeeping =
        i + 1 < range.end && isHousekeeping(i + 1) &&
        summary.operations[i + 1].span.begin <= operation.span.begin &&
        operation.span.end <= summary.operations[i + 1].span.end;
    if (mentionsLoop(operation) && !isInHousekeeping)
      return false;
  }
  for (Span span : spans) {
    if (!isStatement(span))
      return false;
    removed.push_back(layout.statementAt(span.begin));
  }
  return true;
}

std::string HandMadeRun::replacement(const Operation &call) {
  const Argument &argument = summary.argumentsOf(call).front();
  std::string coroutine = bench.text({file, argument.span}).str();
  if (!isAwaited)
    return draft.name(file, "asyncio", "run") + "(" + coroutine + ")";
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

/// Another function, or another file, uses the module's variable.
bool HandMadeRun::isShared() const {
  if (!variable || bench.function(function).kind != FunctionKind::Module)
    return false;
  for (const Value &value : summary.values)
    if (value.kind == ValueKind::Outer && value.a == 0 && value.b == *variable)
      return true;
  llvm::StringRef name = summary.string(
      summary.variablesOf(bench.function(function))[*variable].name);
  return isImportedElsewhere(bench.input.program, file, name);
}

bool HandMadeRun::understand() {
  return findRun() && classify() && !isShared();
}

std::optional<Fix> HandMadeRun::replaceByRun() {
  FunctionKind kind = bench.function(function).kind;
  if (kind == FunctionKind::ClassBody || bench.isCoroutine(function) ||
      !understand())
    return std::nullopt;
  rewrite();
  return draft.finish(Applicability::Unsafe,
                      "let `asyncio.run` make, run and close the loop");
}

std::optional<Fix> HandMadeRun::replaceByAwait() {
  if (!understand() || removed.empty())
    return std::nullopt;
  isAwaited = true;
  makeAwaitable(bench, draft, bench.input.program.key(file, *run),
                Formerly::RanLoop);
  rewrite();
  return draft.finish(Applicability::Unsafe,
                      "await the coroutine on the loop that runs already");
}

std::optional<Fix> cures::runFresh(Workbench &bench, const Finding &finding) {
  return HandMadeRun(bench, finding.subject.operation).replaceByRun();
}

std::optional<Fix> cures::awaitInstead(Workbench &bench,
                                       const Finding &finding) {
  return HandMadeRun(bench, finding.subject.operation).replaceByAwait();
}
