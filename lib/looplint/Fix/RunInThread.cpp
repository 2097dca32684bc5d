//===- RunInThread.cpp - run a coroutine that would be dropped ------------===//
//
// What calls a coroutine function and drops the coroutine is given something
// that runs it: `asyncio.run` on a thread without a loop, a task that the
// module keeps where a loop runs, and a plain function where the coroutine
// function never waits for anything.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Callables.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The callable is called where a loop runs.
static bool runsOnLoop(const Workbench &bench, const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  return subject.context && !runsOffLoop(bench, subject) &&
         contexts[subject.context].running == Running::Yes;
}

static bool runsInProcess(const Workbench &bench,
                          const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  return subject.effect->on == Place::Process ||
         (subject.context &&
          contexts[subject.context].thread == ThreadKind::Process);
}

/// A coroutine that waits for the thread needs none: `await f(x)` in place of
/// `await asyncio.to_thread(f, x)`.
static std::optional<Fix> awaitWithoutThread(Workbench &bench,
                                             const FindingSubject &subject,
                                             const Argument &place) {
  Location call = bench.locationOf(subject.operation);
  const ModelParameter *arguments =
      parameter(*apiOf(bench, subject), subject.effect->arguments);
  bool isWaitedFor = arguments && arguments->isRest &&
                     place.kind == Argument::Positional &&
                     bench.mayAwait(subject.operation) &&
                     bench.layout(call.file).isAwaited(call.span);
  if (!isWaitedFor)
    return std::nullopt;
  Location all = bench.argumentsOf(subject.operation);
  llvm::StringRef rest =
      bench.text({call.file, {place.span.end, all.span.end}}).ltrim();
  rest.consume_front(",");
  Draft draft(bench);
  draft.replace(call, bench.text({call.file, place.span}).str() + "(" +
                          rest.ltrim().str() + ")");
  return draft.finish(Applicability::Unsafe,
                      "await the coroutine on the loop that runs already");
}

/// `lambda x: f(x)` becomes `lambda x: asyncio.run(f(x))`.
static std::optional<Fix> runInLambda(Workbench &bench,
                                      const FindingSubject &subject,
                                      const Argument &place) {
  FunctionKey lambda = functionBehind(bench, subject.value);
  FileId file = bench.input.program.fileOf(subject.operation);
  const Summary &summary = bench.input.program.summary(file);
  Location at = bench.valueOf(file, place);
  bool isWrittenHere = lambda &&
                       bench.function(lambda).kind == FunctionKind::Lambda &&
                       bench.input.program.fileOf(lambda) == file &&
                       summary.value(place.value).kind == ValueKind::Function &&
                       bench.text(at).starts_with("lambda");
  if (!isWrittenHere || runsInProcess(bench, subject))
    return std::nullopt;
  IndexRange range = bench.function(lambda).operations;
  const Operation &last = summary.operations[range.end - 1];
  OperationKey body = range.size() != 0 && last.kind == OperationKind::Return
                          ? bench.callBehind(file, last.value)
                          : OperationKey();
  if (!body)
    return std::nullopt;
  Draft draft(bench);
  std::string run = runsOnLoop(bench, subject)
                        ? backgroundRunner(bench, draft, file)
                        : draft.name(file, "asyncio", "run");
  Span span = bench.operation(body).span;
  draft.insert(file, span.begin, run + "(");
  draft.insert(file, span.end, ")");
  return draft.finish(Applicability::Unsafe,
                      runsOnLoop(bench, subject)
                          ? "make a task of the coroutine, and keep it"
                          : "run the coroutine in the thread");
}

/// `f` becomes `lambda: asyncio.run(f(…))`, with what the library would have
/// called it with.
static std::optional<Fix> runInWrapper(Workbench &bench,
                                       const FindingSubject &subject,
                                       const Argument &place) {
  if (runsInProcess(bench, subject))
    return std::nullopt; // neither a lambda nor a coroutine gets there
  bool isOnLoop = runsOnLoop(bench, subject);
  FileId file = bench.input.program.fileOf(subject.operation);
  const Summary &summary = bench.input.program.summary(file);
  Location at = bench.valueOf(file, place);
  std::string function = bench.text(at).str();
  Draft draft(bench);
  std::string run = isOnLoop ? backgroundRunner(bench, draft, file)
                             : draft.name(file, "asyncio", "run");
  const ApiFunction &api = *apiOf(bench, subject);
  const ModelParameter *arguments = parameter(api, subject.effect->arguments);
  llvm::ArrayRef<Argument> given =
      summary.argumentsOf(bench.operation(subject.operation));
  if (arguments && arguments->isRest && !isOnLoop) {
    // What stands behind the function is for it.
    const Argument *last = &place;
    for (const Argument &argument : given)
      if (argument.span.begin > place.span.begin &&
          argument.kind == Argument::Positional)
        last = &argument;
    Location behind{file, {at.span.end, last->span.end}};
    llvm::StringRef rest = bench.text(behind).ltrim(", \t\r\n");
    draft.replace({file, {at.span.begin, last->span.end}},
                  run + ", " + function + "(" + rest.str() + ")");
    return draft.finish(Applicability::Unsafe,
                        "run the coroutine in the thread");
  }
  // Where the model says nothing, it may be called with anything.
  bool takesArguments =
      !subject.effect->arguments ||
      (arguments && bench.argument(subject.operation, api, arguments->name));
  bool takesKeywords =
      subject.effect->keywords &&
      bench.argument(subject.operation, api, subject.effect->keywords.name);
  std::string accepted = takesArguments ? "*args" : "";
  if (takesKeywords)
    accepted += takesArguments ? ", **kwargs" : "**kwargs";
  if (isOnLoop && arguments && arguments->isRest)
    accepted = "*args";
  draft.replace(at, "lambda" + (accepted.empty() ? "" : " " + accepted) + ": " +
                        run + "(" + function + "(" + accepted + "))");
  return draft.finish(Applicability::Unsafe,
                      isOnLoop ? "make a task of the coroutine, and keep it"
                               : "run the coroutine in the thread");
}

std::optional<Fix> cures::runInThread(Workbench &bench,
                                      const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  const Argument *place = callableArgument(bench, subject);
  if (!place || (!runsOffLoop(bench, subject) && !runsOnLoop(bench, subject)))
    return std::nullopt;
  if (!areAllCoroutineFunctions(bench, subject))
    return runInLambda(bench, subject, *place);
  if (std::optional<Fix> fix = awaitWithoutThread(bench, subject, *place))
    return fix;
  return runInWrapper(bench, subject, *place);
}

/// It is a coroutine function in name only.
static bool neverWaits(const Workbench &bench, FunctionKey function) {
  const Summary &summary = bench.summaryOf(function);
  const Function &definition = bench.function(function);
  llvm::ArrayRef<Operation> operations =
      llvm::ArrayRef(summary.operations)
          .slice(definition.operations.begin, definition.operations.size());
  return !definition.isGenerator &&
         llvm::none_of(operations, [](const Operation &operation) {
           bool isAsync = operation.kind == OperationKind::With ||
                          operation.kind == OperationKind::Iterate;
           return operation.kind == OperationKind::Await ||
                  (isAsync && operation.flag);
         });
}

/// Somewhere a call of that name gives what it returns to somebody: a coroutine
/// so far.
static bool isResultUsed(const Workbench &bench, FunctionKey function) {
  const Program &program = bench.input.program;
  llvm::StringRef name =
      bench.summaryOf(function).string(bench.function(function).name);
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    const Summary &summary = program.summary(FileId(i));
    for (std::uint32_t op = 0; op < summary.operations.size(); ++op) {
      const Operation &call = summary.operations[op];
      if (call.kind != OperationKind::Call || call.isDiscarded)
        continue;
      llvm::StringRef callee = bench.text({FileId(i), call.inner});
      if (callee.consume_back(name) && (callee.empty() || callee.back() == '.'))
        return true;
    }
  }
  return false;
}

std::optional<Fix> cures::makePlain(Workbench &bench, const Finding &finding) {
  FunctionKey function = functionBehind(bench, finding.subject.value);
  if (!function || !bench.isCoroutine(function) ||
      !neverWaits(bench, function) || isResultUsed(bench, function) ||
      llvm::any_of(bench.sitesOf(function), [](const CallSite &site) {
        return site.isCall() && site.kind != EdgeKind::Call;
      }))
    return std::nullopt;
  FileId file = bench.input.program.fileOf(function);
  const Layout &layout = bench.layout(file);
  const Statement &statement = layout.statements()[layout.statementAt(
      bench.function(function).nameSpan.begin)];
  llvm::StringRef written = bench.text({file, statement.definition});
  llvm::StringRef rest = written;
  if (!rest.consume_front("async"))
    return std::nullopt;
  Draft draft(bench);
  std::uint32_t begin = statement.definition.begin;
  // All of it is replaced: a repair that puts an `await` into the function
  // excludes this one.
  Location whole{file, {begin, bench.function(function).span.end}};
  std::size_t length = written.size() - rest.ltrim().size();
  draft.replace(whole, bench.text(whole).drop_front(length));
  return draft.finish(Applicability::Unsafe,
                      "make it a plain function: it never waits");
}

/// Nothing of the function comes after the call, and nothing catches what it
/// raises.
static bool isLast(const Workbench &bench, OperationKey call) {
  const Program &program = bench.input.program;
  const Summary &summary = bench.summaryOf(call);
  IndexRange range = bench.function(bench.functionOf(call)).operations;
  std::uint32_t at = program.local(call).index();
  unsigned tries = 0;
  for (std::uint32_t i = range.begin; i < at; ++i) {
    tries += summary.operations[i].kind == OperationKind::Try;
    tries -= summary.operations[i].kind == OperationKind::EndTry;
  }
  llvm::ArrayRef<Operation> rest =
      llvm::ArrayRef(summary.operations).slice(at + 1, range.end - at - 1);
  return tries == 0 && llvm::all_of(rest, [](const Operation &operation) {
           return operation.kind == OperationKind::EndIf ||
                  (operation.kind == OperationKind::Return && !operation.value);
         });
}

/// Nobody sees whether what the place does is done when its function returns:
/// libraries call that, or functions that do so at last themselves.
static bool isUnseen(Workbench &bench, OperationKey place) {
  static constexpr std::size_t mostFunctions = 16;
  llvm::SmallVector<OperationKey, 8> places = {place};
  llvm::SmallVector<FunctionKey, 8> functions;
  for (std::size_t i = 0; i < places.size(); ++i) {
    FunctionKey function = bench.functionOf(places[i]);
    if (!isLast(bench, places[i]) || functions.size() > mostFunctions)
      return false;
    if (llvm::is_contained(functions, function))
      continue;
    functions.push_back(function);
    for (const CallSite &site : bench.sitesOf(function)) {
      if (!site.isCall())
        continue;
      const Operation &call = bench.operation(site.at);
      if (call.kind != OperationKind::Call || !call.isDiscarded ||
          bench.isCoroutine(site.caller))
        return false;
      places.push_back(site.at);
    }
  }
  return true;
}

/// A callback that would run a loop on the loop that calls it makes a task of
/// the coroutine instead, where nobody wants the result.
std::optional<Fix> cures::runInBackground(Workbench &bench,
                                          const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  bool drivesArgument = subject.effect && subject.api &&
                        subject.effect->subject.kind == Reference::Parameter;
  const Operation &op = bench.operation(subject.operation);
  if (!drivesArgument || op.kind != OperationKind::Call || !op.isDiscarded ||
      !isUnseen(bench, subject.operation))
    return std::nullopt;
  const Argument *driven = bench.argument(subject.operation, *subject.api,
                                          subject.effect->subject.name);
  Location call = bench.locationOf(subject.operation);
  bool isMadeHere = driven && bench.callBehind(call.file, driven->value);
  if (!isMadeHere)
    return std::nullopt;
  Draft draft(bench);
  draft.replace(call, backgroundRunner(bench, draft, call.file) + "(" +
                          bench.text(bench.valueOf(call.file, *driven)).str() +
                          ")");
  return draft.finish(Applicability::Unsafe,
                      "make a task of the coroutine, and keep it");
}
