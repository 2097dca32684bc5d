//===- PassFunction.cpp - give a library the function, not the call -------===//
//
// Who schedules wants something to call, and what to call it with. A coroutine
// object, or a call's result, becomes the function and its arguments; a wrapper
// that only drives a coroutine becomes that coroutine's function.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Callables.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

namespace {

/// A callable as a hand-over writes it, with what it is called with.
struct Callable {
  llvm::StringRef function;
  llvm::StringRef arguments; // without the parentheses
  bool hasMoreThanPositional = false;
};

} // namespace

static bool hasMoreThanPositional(const Workbench &bench, OperationKey call) {
  return llvm::any_of(bench.summaryOf(call).argumentsOf(bench.operation(call)),
                      [](const Argument &argument) {
                        return argument.kind != Argument::Positional;
                      });
}

static Callable callableOf(const Workbench &bench, OperationKey call) {
  llvm::StringRef arguments = bench.text(bench.argumentsOf(call)).trim();
  arguments.consume_back(",");
  return {bench.calleeOf(call), arguments.rtrim(),
          hasMoreThanPositional(bench, call)};
}

/// Writes \p callable where the library takes its callable and arguments.
static void pass(Workbench &bench, Draft &draft, const FindingSubject &subject,
                 const Argument &place, const Callable &callable) {
  FileId file = bench.input.program.fileOf(subject.operation);
  Location at = bench.valueOf(file, place);
  if (callable.arguments.empty())
    return draft.replace(at, callable.function);
  const ApiFunction &api = *apiOf(bench, subject);
  const ModelParameter *arguments = parameter(api, subject.effect->arguments);
  bool isPassed =
      arguments && bench.argument(subject.operation, api, arguments->name);
  bool isRest =
      arguments && arguments->isRest && place.kind == Argument::Positional;
  if (isRest && !callable.hasMoreThanPositional)
    return draft.replace(at,
                         (callable.function + ", " + callable.arguments).str());
  if (arguments && !arguments->isRest && !isPassed &&
      !callable.hasMoreThanPositional) {
    draft.replace(at, callable.function);
    Location all = bench.argumentsOf(subject.operation);
    bool endsWithComma = bench.text(all).rtrim().ends_with(",");
    return draft.insert(file, all.span.end,
                        ((endsWithComma ? " " : ", ") + arguments->name + "=[" +
                         callable.arguments + "]")
                            .str());
  }
  draft.replace(at, draft.name(file, "functools", "partial") + "(" +
                        callable.function.str() + ", " +
                        callable.arguments.str() + ")");
}

//===----------------------------------------------------------------------===//
// A call instead of a callable
//===----------------------------------------------------------------------===//

/// What is written there is computed again and again, or with names that mean
/// something else by the time a function would compute it.
static bool isRepeated(Workbench &bench, Location at) {
  const python::Layout &layout = bench.layout(at.file);
  if (layout.isInNestedScope(at.span))
    return true;
  std::uint32_t index = layout.statementAt(at.span.begin);
  while (index != python::Statement::none) {
    const python::Statement &statement = layout.statements()[index];
    llvm::StringRef text = bench.text({at.file, statement.span});
    if (statement.kind == python::Statement::Function)
      return false;
    if (statement.kind == python::Statement::Compound &&
        !text.starts_with("if"))
      return true;
    index = statement.parent;
  }
  return true; // a module's names may be bound again anywhere
}

/// A callback of the loop makes a task of the coroutine once it is called.
static std::optional<Fix> makeTaskWhenCalled(Workbench &bench,
                                             const FindingSubject &subject,
                                             Location coroutine) {
  const Contexts &contexts = bench.input.contexts;
  bool isOnLoop =
      subject.context && contexts[subject.context].running == Running::Yes;
  if (!isOnLoop || subject.effect->gives.size() > 1 ||
      isRepeated(bench, coroutine))
    return std::nullopt;
  const Effect &effect = *subject.effect;
  bool isNothingKnown = effect.gives.empty() && !effect.arguments;
  std::string head = isNothingKnown         ? "lambda *_: "
                     : effect.gives.empty() ? "lambda: "
                                            : "lambda _: ";
  Draft draft(bench);
  draft.replace(coroutine, head +
                               backgroundRunner(bench, draft, coroutine.file) +
                               "(" + bench.text(coroutine).str() + ")");
  return draft.finish(Applicability::Unsafe,
                      "make a task of the coroutine, and keep it");
}

std::optional<Fix> cures::passCallee(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  const Argument *place = callableArgument(bench, subject);
  if (!place)
    return std::nullopt;
  FileId file = bench.input.program.fileOf(subject.operation);
  OperationKey call = bench.callBehind(file, place->value);
  // The argument itself has to be the call: `x = f()` may be used elsewhere.
  if (!call || bench.operation(call).span != bench.valueOf(file, *place).span)
    return std::nullopt;

  bool isDriven = subject.effect->accepts == Accepts::Sync &&
                  isCoroutineFunction(bench, subject.value);
  if (isDriven && !runsOffLoop(bench, subject))
    return makeTaskWhenCalled(bench, subject, bench.valueOf(file, *place));
  Draft draft(bench);
  Callable callable = callableOf(bench, call);
  if (!isDriven) {
    pass(bench, draft, subject, *place, callable);
    return draft.finish(Applicability::Unsafe,
                        "pass the function and its arguments");
  }
  Location at = bench.valueOf(file, *place);
  std::string run = draft.name(file, "asyncio", "run");
  draft.replace(at, "lambda: " + run + "(" + bench.text(at).str() + ")");
  return draft.finish(Applicability::Unsafe, "run the coroutine in the thread");
}

//===----------------------------------------------------------------------===//
// A wrapper around a coroutine
//===----------------------------------------------------------------------===//

namespace {

/// `outer(inner())`
struct PassedCall {
  OperationKey outer;
  OperationKey inner;
};

} // namespace

/// The wrapper's calls whose results it passes to other calls, in order.
static llvm::SmallVector<PassedCall, 4> passedCalls(const Workbench &bench,
                                                    FunctionKey wrapper) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(wrapper);
  const Summary &summary = program.summary(file);
  IndexRange range = bench.function(wrapper).operations;
  llvm::SmallVector<PassedCall, 4> passed;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind != OperationKind::Call)
      continue;
    for (const Argument &argument : summary.argumentsOf(operation))
      if (OperationKey inner = bench.callBehind(file, argument.value))
        passed.push_back({program.key(file, i), inner});
  }
  return passed;
}

/// The one call of no library whose result the wrapper hands on. Behind a
/// look-up that raises no execution comes to what drives the coroutine.
static OperationKey onlyInnerCall(const Workbench &bench,
                                  llvm::ArrayRef<PassedCall> passed) {
  OperationKey only;
  for (const PassedCall &call : passed) {
    if (bench.libraryFunction(call.inner))
      continue;
    if (only)
      return OperationKey();
    only = call.inner;
  }
  return only;
}

/// The call that makes the coroutine that \p wrapper drives; invalid where that
/// is not all it does.
static OperationKey drivenCall(Workbench &bench, FunctionKey wrapper) {
  llvm::SmallVector<PassedCall, 4> passed = passedCalls(bench, wrapper);
  OperationKey driven;
  for (const PassedCall &call : passed)
    if (llvm::any_of(bench.calledAt(call.outer), [&](FunctionKey callee) {
          return bench.function(callee).isAsync;
        }))
      driven = call.inner;
  return driven ? driven : onlyInnerCall(bench, passed);
}

/// A name of the wrapper's own has no meaning outside of it.
static bool isUnderstoodOutside(const Workbench &bench, FunctionKey wrapper,
                                ValueId written) {
  const Summary &summary = bench.summaryOf(wrapper);
  llvm::SmallVector<ValueId, 8> open{written};
  bool isLambda = bench.function(wrapper).kind == FunctionKind::Lambda;
  FunctionId outer = bench.function(wrapper).parent;
  while (!open.empty()) {
    ValueId id = open.pop_back_val();
    if (!id)
      continue;
    const Value &value = summary.value(id);
    if (value.kind == ValueKind::Local || value.kind == ValueKind::Result)
      return false;
    // A lambda stands where its outer names are known; of a function only the
    // module's are.
    if (value.kind == ValueKind::Outer && value.a != 0 &&
        !(isLambda && FunctionId(value.a) == outer))
      return false;
    if (value.kind == ValueKind::Attribute || value.kind == ValueKind::Item)
      open.push_back(ValueId(value.a));
    llvm::append_range(open, summary.operandsOf(value));
  }
  return true;
}

static bool isUnderstoodOutside(const Workbench &bench, FunctionKey wrapper,
                                OperationKey call) {
  const Operation &operation = bench.operation(call);
  return isUnderstoodOutside(bench, wrapper, operation.value) &&
         llvm::all_of(bench.summaryOf(wrapper).argumentsOf(operation),
                      [&](const Argument &argument) {
                        return isUnderstoodOutside(bench, wrapper,
                                                   argument.value);
                      });
}

/// The call passes on the wrapper's own parameters, all of them in order.
static bool passesAllOn(const Workbench &bench, FunctionKey wrapper,
                        OperationKey call) {
  const Summary &summary = bench.summaryOf(wrapper);
  llvm::ArrayRef<Argument> arguments =
      summary.argumentsOf(bench.operation(call));
  llvm::ArrayRef<Parameter> parameters =
      summary.parametersOf(bench.function(wrapper));
  // A method's first parameter is passed on in front of the dot.
  std::uint32_t own =
      bench.function(wrapper).binding == Function::Method ? 1 : 0;
  if (arguments.size() + own != parameters.size())
    return false;
  for (std::uint32_t i = 0; i < arguments.size(); ++i) {
    const Value &value = summary.value(arguments[i].value);
    if (arguments[i].kind != Argument::Positional ||
        value.kind != ValueKind::Local || value.a != i + own)
      return false;
  }
  return true;
}

/// The arguments of the call as they read outside of the lambda \p written,
/// which keeps values by defaults: `lambda s=source: run(f(s))`. None where
/// they are something else.
static std::optional<std::string> keptArguments(const Workbench &bench,
                                                FunctionKey wrapper,
                                                OperationKey call,
                                                llvm::StringRef written) {
  const Summary &summary = bench.summaryOf(wrapper);
  llvm::ArrayRef<Parameter> parameters =
      summary.parametersOf(bench.function(wrapper));
  if (!written.consume_front("lambda") || parameters.empty())
    return std::nullopt;
  llvm::SmallVector<llvm::StringRef, 4> kept;
  written.take_until([](char c) { return c == ':'; }).split(kept, ',');
  std::string all;
  for (const Argument &argument : summary.argumentsOf(bench.operation(call))) {
    const Value &value = summary.value(argument.value);
    if (argument.kind != Argument::Positional ||
        value.kind != ValueKind::Local || value.a >= parameters.size() ||
        kept.size() != parameters.size())
      return std::nullopt;
    llvm::StringRef given = kept[value.a].split('=').second.trim();
    bool isName = !given.empty() && llvm::all_of(given, [](char c) {
      return llvm::isAlnum(c) || c == '_' || c == '.';
    });
    if (!isName)
      return std::nullopt;
    all += (all.empty() ? "" : ", ") + given.str();
  }
  return all;
}

/// `module.wrapper` or `self.wrapper` becomes `module.function` where both are
/// defined side by side; empty where they are not.
static std::string besideWrapper(const Workbench &bench, FunctionKey wrapper,
                                 OperationKey call, llvm::StringRef written) {
  const Summary &summary = bench.summaryOf(wrapper);
  auto [owner, name] = written.rsplit('.');
  auto [inner, function] = bench.calleeOf(call).rsplit('.');
  const Function &definition = bench.function(wrapper);
  if (name.empty() || name != summary.string(definition.name))
    return "";
  bool areMethods = definition.classOfMethod && inner == "self";
  bool areFunctions = !definition.classOfMethod && function.empty();
  if (!areMethods && !areFunctions)
    return "";
  return (owner + "." + (areMethods ? function : inner)).str();
}

std::optional<Fix> cures::passCoroutineFunction(Workbench &bench,
                                                const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  const Argument *place = callableArgument(bench, subject);
  const Atoms &atoms = bench.input.contexts.atoms;
  FunctionKey wrapper = functionBehind(bench, subject.value);
  if (!place || !wrapper || atoms[subject.value].kind == AtomKind::Partial)
    return std::nullopt;
  FileId file = bench.input.program.fileOf(subject.operation);
  OperationKey call = drivenCall(bench, wrapper);
  if (!call)
    return std::nullopt;
  Draft draft(bench);
  Location at = bench.valueOf(file, *place);
  std::string beside = besideWrapper(bench, wrapper, call, bench.text(at));
  if (!beside.empty() && passesAllOn(bench, wrapper, call)) {
    draft.replace(at, beside);
    return draft.finish(Applicability::Unsafe,
                        "pass the coroutine function itself");
  }
  if (bench.input.program.fileOf(wrapper) != file)
    return std::nullopt;
  Callable callable = callableOf(bench, call);
  std::optional<std::string> kept =
      keptArguments(bench, wrapper, call, bench.text(at));
  if (kept && isUnderstoodOutside(bench, wrapper, bench.operation(call).value))
    callable.arguments = *kept;
  else if (!isUnderstoodOutside(bench, wrapper, call))
    return std::nullopt;
  pass(bench, draft, subject, *place, callable);
  return draft.finish(Applicability::Unsafe,
                      "pass the coroutine function itself");
}
