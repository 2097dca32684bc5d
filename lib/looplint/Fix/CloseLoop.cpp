//===- CloseLoop.cpp - a loop that is stopped is closed -------------------===//
//
// Where no runner fits, because the loop runs on a thread or its object lives
// on, the loop is closed where it has ended: behind its run (`finally`), behind
// the join of the thread that ran it, or where it is stopped and does not run.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class OpenLoop {
public:
  OpenLoop(Workbench &bench, OperationKey made)
      : bench(bench), draft(bench), file(bench.input.program.fileOf(made)),
        summary(bench.input.program.summary(file)), layout(bench.layout(file)),
        maker(bench.functionOf(made)) {
    findHolder(made);
  }

  std::optional<Fix> close();
  std::optional<Fix> endWhatIsLeft();
  std::optional<Fix> makeInstead(OperationKey lookup);

private:
  void findHolder(OperationKey made);
  bool mayHold(const Function &function) const;
  bool isStatement(const Operation &call) const;
  bool isCalled(const Operation &call, llvm::StringRef method) const;
  bool closeBehindRun(const Function &function);
  bool closeBehindJoin(const Function &function);
  bool closeWhereStopped(FunctionKey function);
  bool endBeforeClosing(const Function &function, bool installs);
  void keepTasks();
  std::optional<Fix> keepOwn(OperationKey lookup);
  bool isInstalled();
  bool closesBehind(const Operation &call);
  template <typename Write> bool inSomeFunction(Write write);

  Workbench &bench;
  Draft draft;
  FileId file;
  const Summary &summary;
  const Layout &layout;
  FunctionKey maker;
  std::string holder; // "self._loop", "loop"
};

} // namespace

/// What the new loop is bound to, as it is written.
void OpenLoop::findHolder(OperationKey made) {
  IndexRange range = bench.function(maker).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    bool isBind = operation.kind == OperationKind::Bind ||
                  operation.kind == OperationKind::BindAttribute;
    if (isBind && bench.callBehind(file, operation.value) == made)
      holder = bench.text({file, operation.inner}).str();
  }
}

/// The holder means the same there: in the methods of a class, or in the one
/// function whose variable it is.
bool OpenLoop::mayHold(const Function &function) const {
  const Function &own = bench.function(maker);
  if (llvm::StringRef(holder).starts_with("self."))
    return own.classOfMethod && function.classOfMethod == own.classOfMethod &&
           function.binding == Function::Method;
  return &function == &own;
}

bool OpenLoop::isStatement(const Operation &call) const {
  std::uint32_t index = layout.statementAt(call.span.begin);
  return call.kind == OperationKind::Call && index != Statement::none &&
         layout.statements()[index].span == call.span &&
         layout.hasLinesOfItsOwn(layout.statements()[index]);
}

bool OpenLoop::isCalled(const Operation &call, llvm::StringRef method) const {
  return isStatement(call) &&
         bench.text({file, call.inner}) == holder + "." + method.str();
}

/// Writes `holder.close()` on a line behind the statement.
bool OpenLoop::closesBehind(const Operation &call) {
  const Statement &statement =
      layout.statements()[layout.statementAt(call.span.begin)];
  Span lines = layout.linesOf(statement);
  std::string end = layout.lineEnd().str();
  bool isEnded = bench.text({file, lines}).ends_with("\n");
  draft.insert(file, lines.end,
               (isEnded ? "" : end) +
                   layout.indentation(call.span.begin).str() + holder +
                   ".close()" + end);
  return true;
}

/// `run_forever()`, outside of any `try`, ends when the loop is stopped.
bool OpenLoop::closeBehindRun(const Function &function) {
  unsigned tries = 0;
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &operation = summary.operations[i];
    tries += operation.kind == OperationKind::Try;
    tries -= operation.kind == OperationKind::EndTry;
    if (tries != 0 || !isCalled(operation, "run_forever"))
      continue;
    std::string end =
        layout.lineEnd().str() + layout.indentation(operation.span.begin).str();
    draft.insert(file, operation.span.begin, "try:" + end + "    ");
    draft.insert(file, operation.span.end,
                 end + "finally:" + end + "    " + holder + ".close()");
    return true;
  }
  return false;
}

/// The loop is told to stop, and its thread is waited for without end.
bool OpenLoop::closeBehindJoin(const Function &function) {
  const Operation *stop = nullptr;
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &operation = summary.operations[i];
    if (isCalled(operation, "call_soon_threadsafe") &&
        bench.text({file, operation.span}).contains(holder + ".stop"))
      stop = &operation;
    bool isJoin = stop && isStatement(operation) &&
                  summary.argumentsOf(operation).empty() &&
                  bench.text({file, operation.inner}).ends_with(".join") &&
                  layout.indentation(operation.span.begin) ==
                      layout.indentation(stop->span.begin);
    if (isJoin)
      return closesBehind(operation);
  }
  return false;
}

/// A loop that does not run is not stopped by `stop()`: nobody runs it again.
bool OpenLoop::closeWhereStopped(FunctionKey function) {
  const Contexts &contexts = bench.input.contexts;
  bool mayRun = llvm::any_of(contexts.instances, [&](const Instance &instance) {
    return contexts.frameOf(instance).function == function &&
           contexts[instance.context].running != Running::No;
  });
  IndexRange range = bench.function(function).operations;
  for (std::uint32_t i = range.begin; i < range.end && !mayRun; ++i)
    if (isCalled(summary.operations[i], "stop"))
      return closesBehind(summary.operations[i]);
  return false;
}

template <typename Write> bool OpenLoop::inSomeFunction(Write write) {
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i)
    if (mayHold(summary.functions[i]) &&
        write(bench.input.program.key(file, FunctionId(i))))
      return true;
  return false;
}

std::optional<Fix> OpenLoop::close() {
  if (holder.empty())
    return std::nullopt;
  bool isClosed = inSomeFunction([&](FunctionKey function) {
    return closeBehindRun(bench.function(function));
  });
  isClosed = isClosed || inSomeFunction([&](FunctionKey function) {
               return closeBehindJoin(bench.function(function));
             });
  // What somebody runs elsewhere must not be closed while it runs.
  bool runsForever = bench.isWritten("run_forever");
  isClosed = isClosed || (!runsForever && inSomeFunction([&](FunctionKey key) {
               return closeWhereStopped(key);
             }));
  if (!isClosed)
    return std::nullopt;
  return draft.finish(Applicability::Unsafe, "close the loop where it ends");
}

std::optional<Fix> cures::closeLoop(Workbench &bench, const Finding &finding) {
  return OpenLoop(bench, finding.subject.operation).close();
}

/// Some function that knows the loop makes it its thread's current one.
bool OpenLoop::isInstalled() {
  return inSomeFunction([&](FunctionKey key) {
    IndexRange range = bench.function(key).operations;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const ApiFunction *api =
          bench.libraryFunction(bench.input.program.key(file, i));
      bool isInstalling =
          summary.operations[i].kind == OperationKind::Call && api &&
          api->find(EffectKind::SetLoop) &&
          llvm::StringRef(bench.text({file, summary.operations[i].span}))
              .contains("(" + holder + ")");
      if (isInstalling)
        return true;
    }
    return false;
  });
}

/// What a runner does in front of `close()`, and the loop is current no more
/// where it \p installs it.
bool OpenLoop::endBeforeClosing(const Function &function, bool installs) {
  const Operation *closing = nullptr;
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &operation = summary.operations[i];
    if (!isCalled(operation, "close"))
      continue;
    if (closing)
      return false;
    closing = &operation;
  }
  std::string tasks =
      bench.freeName(file, {"tasks", "pending_tasks", "tasks_left"});
  std::string task =
      bench.freeName(file, {"task", "pending_task", "task_left"});
  if (!closing || tasks.empty() || task.empty())
    return false;
  std::uint32_t begin = closing->span.begin;
  std::string end = layout.lineEnd().str() + layout.indentation(begin).str();
  std::string text =
      tasks + " = " + draft.name(file, "asyncio", "all_tasks") + "(" + holder +
      ")" + end + "for " + task + " in " + tasks + ":" + end + "    " + task +
      ".cancel()" + end + "if " + tasks + ":" + end + "    " + holder +
      ".run_until_complete(" + draft.name(file, "asyncio", "wait") + "(" +
      tasks + "))" + end + holder + ".run_until_complete(" + holder +
      ".shutdown_asyncgens())" + end;
  draft.insert(file, begin, text);
  if (installs)
    draft.insert(file, closing->span.end,
                 end + draft.name(file, "asyncio", "set_event_loop") +
                     "(None)");
  return true;
}

std::optional<Fix> OpenLoop::endWhatIsLeft() {
  if (holder.empty() || bench.isWritten("shutdown_asyncgens") ||
      bench.isWritten("run_forever"))
    return std::nullopt;
  bool isWritten = inSomeFunction([&](FunctionKey function) {
    return endBeforeClosing(bench.function(function), isInstalled());
  });
  if (!isWritten)
    return std::nullopt;
  return draft.finish(Applicability::Unsafe,
                      "end what is left on the loop before it is closed");
}

/// A loop that is more than run, which a runner cannot stand for, is ended as a
/// runner would end it.
std::optional<Fix> cures::endLoop(Workbench &bench, const Finding &finding) {
  const ApiFunction *api = bench.libraryFunction(finding.subject.operation);
  if (!api || !api->find(EffectKind::NewLoop))
    return std::nullopt;
  return OpenLoop(bench, finding.subject.operation).endWhatIsLeft();
}

/// Tasks that go nowhere: where the look-up raises, nobody has told of them.
void OpenLoop::keepTasks() {
  IndexRange range = bench.function(maker).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i)
    if (isCalled(summary.operations[i], "create_task"))
      keepInSet(bench, draft, bench.input.program.key(file, i));
}

/// `self._loop = asyncio.get_event_loop()`, which stays its thread's current
/// loop until it is closed.
std::optional<Fix> OpenLoop::keepOwn(OperationKey lookup) {
  std::uint32_t index = layout.statementAt(bench.operation(lookup).span.begin);
  bool isEnded = inSomeFunction([&](FunctionKey function) {
    return endBeforeClosing(bench.function(function), /*installs=*/true);
  });
  if (!isEnded || index == Statement::none ||
      !layout.hasLinesOfItsOwn(layout.statements()[index]))
    return std::nullopt;
  Span statement = layout.statements()[index].span;
  draft.replace(bench.locationOf(lookup),
                draft.name(file, "asyncio", "new_event_loop") + "()");
  draft.insert(
      file, statement.end,
      layout.lineEnd().str() + layout.indentation(statement.begin).str() +
          draft.name(file, "asyncio", "set_event_loop") + "(" + holder + ")");
  return draft.finish(Applicability::Unsafe,
                      "make the loop that the object keeps, and end it");
}

std::optional<Fix> OpenLoop::makeInstead(OperationKey lookup) {
  if (llvm::StringRef(holder).starts_with("self."))
    return keepOwn(lookup);
  if (holder.empty() || llvm::StringRef(holder).contains('.') ||
      !closeBehindRun(bench.function(maker)))
    return std::nullopt;
  keepTasks();
  draft.replace(bench.locationOf(lookup),
                draft.name(file, "asyncio", "new_event_loop") + "()");
  return draft.finish(Applicability::Unsafe,
                      "make the loop that runs until it is stopped");
}

/// What runs without end, until something stops it, has no form without a loop
/// of its own: that one is made here, and closed.
std::optional<Fix> cures::makeLoop(Workbench &bench, const Finding &finding) {
  const ApiFunction *api = bench.libraryFunction(finding.subject.operation);
  if (!api || !api->find(EffectKind::CurrentLoop) ||
      api->find(EffectKind::Task) ||
      bench.isCoroutine(bench.functionOf(finding.subject.operation)))
    return std::nullopt;
  return OpenLoop(bench, finding.subject.operation)
      .makeInstead(finding.subject.operation);
}
