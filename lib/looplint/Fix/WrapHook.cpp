//===- WrapHook.cpp - a plain method in front of a coroutine method -------===//
//
//   async def run(self):          def run(self):
//       …                             asyncio.run(self._run_async())
//
//                                 async def _run_async(self):
//                                     …
//
// A framework calls the method by its name and knows nothing of coroutines: the
// name stays with a plain method. So it is with a function that a decorator
// hands over. Test cases have a class of their own for it.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Callables.h"
#include "Cures.h"
#include "Overrides.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The coroutine method that a framework calls by its name; invalid where the
/// finding is about something else.
static FunctionKey hookOf(const Workbench &bench, const Finding &finding) {
  FunctionKey function = functionBehind(bench, finding.subject.value);
  if (!function || !bench.isCoroutine(function) ||
      bench.function(function).isGenerator ||
      !bench.function(function).classOfMethod)
    return FunctionKey();
  for (const Instance &instance : bench.input.contexts.instances)
    for (const Handover &handover : instance.handovers)
      if (handover.hook == function)
        return function;
  return FunctionKey();
}

/// The coroutine function that a decorator hands over; invalid where the
/// finding is about something else.
static FunctionKey decoratedOf(const Workbench &bench, const Finding &finding) {
  const Operation &op = bench.operation(finding.subject.operation);
  FunctionKey function = functionBehind(bench, finding.subject.value);
  if (op.kind != OperationKind::Call || !op.isDecorator || !function ||
      !bench.isCoroutine(function))
    return FunctionKey();
  const Function &definition = bench.function(function);
  FileId file = bench.input.program.fileOf(function);
  bool isHere = file == bench.input.program.fileOf(finding.subject.operation);
  return isHere && !definition.isGenerator && !definition.classOfMethod
             ? function
             : FunctionKey();
}

/// The parameters as a call passes them on.
static std::string passedOn(const Summary &summary,
                            llvm::ArrayRef<Parameter> parameters) {
  std::string all;
  for (const Parameter &parameter : parameters) {
    std::string name = summary.string(parameter.name).str();
    all += all.empty() ? "" : ", ";
    switch (parameter.kind) {
    case Parameter::Rest:
      all += "*" + name;
      break;
    case Parameter::RestKeywords:
      all += "**" + name;
      break;
    case Parameter::KeywordOnly:
      all += name + "=" + name;
      break;
    default:
      all += name;
    }
  }
  return all;
}

/// From behind the name to the colon in front of the body.
static llvm::StringRef signatureBehind(llvm::StringRef text) {
  int depth = 0;
  std::size_t length = 0;
  for (; length < text.size(); ++length) {
    char c = text[length];
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    if (c == ':' && depth == 0)
      break;
  }
  return text.take_front(length);
}

static bool returnsValue(const Summary &summary, const Function &function) {
  return llvm::any_of(
      llvm::ArrayRef(summary.operations)
          .slice(function.operations.begin, function.operations.size()),
      [](const Operation &operation) {
        return operation.kind == OperationKind::Return && operation.value;
      });
}

/// A plain function in front of the coroutine function takes its name.
static std::optional<Fix> putInFront(Workbench &bench, const Finding &finding,
                                     FunctionKey hook) {
  if (llvm::any_of(bench.sitesOf(hook),
                   [](const CallSite &site) { return site.isCall(); }))
    return std::nullopt;
  FileId file = bench.input.program.fileOf(hook);
  const Summary &summary = bench.input.program.summary(file);
  const Function &method = bench.function(hook);
  const Layout &layout = bench.layout(file);
  const Statement &statement =
      layout.statements()[layout.statementAt(method.nameSpan.begin)];
  std::string name = summary.string(method.name).str();
  // A name that no class of the library has or looks for (`on_*`).
  std::string inner = "_" + name + "_async";
  llvm::ArrayRef<Parameter> parameters = summary.parametersOf(method);
  std::string receiver;
  if (method.classOfMethod) {
    receiver = summary.string(parameters.front().name).str() + ".";
    parameters = parameters.drop_front();
  }
  bool isOnLoop = !runsOffLoop(bench, finding.subject);
  bool isUsed = returnsValue(summary, method);
  if (llvm::StringRef(name).starts_with("_") || bench.isWritten(inner) ||
      (isOnLoop && isUsed))
    return std::nullopt;
  Draft draft(bench);
  std::string run = isOnLoop ? backgroundRunner(bench, draft, file)
                             : draft.name(file, "asyncio", "run");
  std::string end = layout.lineEnd().str();
  std::string indentation = layout.indentation(statement.span.begin).str();
  llvm::StringRef signature =
      signatureBehind(bench.text(file).drop_front(method.nameSpan.end));
  std::string plain = "def " + name + signature.str() + ":" + end +
                      indentation + "    " + (isUsed ? "return " : "") + run +
                      "(" + receiver + inner + "(" +
                      passedOn(summary, parameters) + "))" + end + end +
                      (method.classOfMethod ? "" : end) + indentation;
  draft.insert(file, statement.definition.begin, plain);
  draft.replace({file, method.nameSpan}, inner);
  return draft.finish(Applicability::Unsafe,
                      isOnLoop
                          ? "let a plain function make a task of the coroutine"
                          : "let a plain function run the coroutine");
}

std::optional<Fix> cures::wrapHook(Workbench &bench, const Finding &finding) {
  if (FunctionKey function = decoratedOf(bench, finding))
    return putInFront(bench, finding, function);
  FunctionKey hook = hookOf(bench, finding);
  if (!hook || bench.function(hook).binding != Function::Method)
    return std::nullopt;
  const Program &program = bench.input.program;
  FileId file = program.fileOf(hook);
  const Layout &layout = bench.layout(file);
  const Statement &statement = layout.statements()[layout.statementAt(
      bench.function(hook).nameSpan.begin)];
  bool isDecorated = statement.span.begin != statement.definition.begin;
  if (isDecorated || bench.function(hook).parameters.size() == 0 ||
      !overridesOf(bench, hook).empty() || !superCallsIn(bench, hook).empty())
    return std::nullopt;
  return putInFront(bench, finding, hook);
}

/// `unittest` has a class of test cases whose methods may be coroutines.
std::optional<Fix> cures::isolateTests(Workbench &bench,
                                       const Finding &finding) {
  FunctionKey hook = hookOf(bench, finding);
  if (!hook)
    return std::nullopt;
  FileId file = bench.input.program.fileOf(hook);
  const Summary &summary = bench.input.program.summary(file);
  const Class &owner =
      summary.classes[bench.function(hook).classOfMethod.index()];
  bool isTestCase = owner.bases.size() == 1 &&
                    bench.pathOf(file, owner.parent, owner.bases.front()) ==
                        "unittest.TestCase";
  std::uint32_t begin = owner.nameSpan.end;
  llvm::StringRef written =
      signatureBehind(bench.text(file).drop_front(begin)).trim("() \t");
  if (!isTestCase || !written.ends_with("TestCase") || written.contains('('))
    return std::nullopt;
  begin = static_cast<std::uint32_t>(written.data() - bench.text(file).data());
  Draft draft(bench);
  draft.replace(
      {file, {begin, begin + static_cast<std::uint32_t>(written.size())}},
      draft.name(file, "unittest", "IsolatedAsyncioTestCase"));
  return draft.finish(Applicability::Unsafe,
                      "derive the tests from what runs coroutines");
}
