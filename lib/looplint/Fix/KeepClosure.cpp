//===- KeepClosure.cpp - closures that live as long as their coroutine ----===//
//
// C++: a coroutine that nobody waits for is started by what keeps its closure;
// a closure is lent where the statement waits for the coroutine; and since
// C++23 a lambda may take the closure by value, into the coroutine's frame.
// What does so in a library models say.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"
#include "LambdaText.h"
#include "looplint/Program/DeclaredType.h"

using namespace looplint;

/// The version of GCC that knows of a closure as a parameter, as Clang does.
static constexpr std::uint8_t gccWithObjectParameters = 14;

static constexpr llvm::StringLiteral closureMark = "{closure}";

/// The lambda that the operation calls where it is written.
static FunctionKey functionCalled(const Workbench &bench, OperationKey call) {
  const Value &callee =
      behindType(bench.summaryOf(call), bench.operation(call).value);
  const Program &program = bench.input.program;
  return callee.kind == ValueKind::Function
             ? program.key(program.fileOf(call), FunctionId(callee.a))
             : FunctionKey();
}

/// `[x]() -> Detached { … }()` becomes `start([x]() -> Task { … })`.
std::optional<Fix> cures::startClosure(Workbench &bench,
                                       const Finding &finding) {
  OperationKey made = finding.subject.operation;
  std::optional<WrittenLambda> lambda = calledLambda(bench, made);
  if (!lambda || !bench.operation(made).isDiscarded)
    return std::nullopt;
  FunctionKey coroutine = functionCalled(bench, made);
  const ApiType *type = coroutine ? coroutineType(bench, coroutine) : nullptr;
  if (!type || type->started.empty())
    return std::nullopt;
  std::string started = inNamesOfCoroutine(bench, coroutine, type->started);
  auto [before, behind] = llvm::StringRef(started).split(closureMark);
  FileId file = lambda->whole.file;
  Span whole = lambda->whole.span;
  return cppFix(
      Applicability::Safe,
      "let `" + before.split('(').first.str() + "` keep the lambda",
      {{{file, {whole.begin, whole.begin}}, before.str()},
       {lambda->returned,
        inNamesOfCoroutine(bench, coroutine, type->startable)},
       {{file, {whole.end, bench.locationOf(made).span.end}}, behind.str()}});
}

/// Whether the call, or what is called on its result and so on, is awaited in
/// the same statement.
static bool isAwaitedInChain(const Workbench &bench, OperationKey call) {
  const Summary &summary = bench.summaryOf(call);
  const Function &function = bench.function(bench.functionOf(call));
  std::uint32_t index = bench.input.program.local(call).index();
  for (std::uint32_t i = index + 1; i < function.operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Await || !op.value)
      continue;
    const Value *value = &behindType(summary, op.value);
    while (value->kind == ValueKind::Result && value->a > index) {
      const Value &callee =
          behindType(summary, summary.operations[value->a].value);
      if (callee.kind != ValueKind::Attribute)
        break;
      value = &behindType(summary, ValueId(callee.a));
    }
    if (value->kind == ValueKind::Result && value->a == index)
      return true;
  }
  return false;
}

/// The coroutine lambda that a library is given and does not keep.
static FunctionKey functionLent(const Workbench &bench,
                                const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || subject.effect->closure == ClosureLife::Kept)
    return {};
  const Summary &summary = bench.summaryOf(subject.operation);
  for (const Argument &argument :
       summary.argumentsOf(bench.operation(subject.operation))) {
    const Value &value = behindType(summary, argument.value);
    if (value.kind == ValueKind::Function && value.span == finding.at.span)
      return bench.input.program.key(finding.at.file, FunctionId(value.a));
  }
  return {};
}

/// `co_await given([x]() -> T { … })` becomes
/// `co_await given(lend([x]() -> T { … }))`.
std::optional<Fix> cures::lendClosure(Workbench &bench,
                                      const Finding &finding) {
  FunctionKey coroutine = functionLent(bench, finding);
  const ApiType *type = coroutine ? coroutineType(bench, coroutine) : nullptr;
  std::optional<WrittenLambda> lambda = writtenLambda(bench, finding.at);
  if (!lambda || !type || type->lent.empty() ||
      !isAwaitedInChain(bench, finding.subject.operation))
    return std::nullopt;
  std::string lent = inNamesOfCoroutine(bench, coroutine, type->lent);
  auto [before, behind] = llvm::StringRef(lent).split(closureMark);
  FileId file = lambda->whole.file;
  Span whole = lambda->whole.span;
  return cppFix(Applicability::Safe,
                "lend the lambda until the end of the statement",
                {{{file, {whole.begin, whole.begin}}, before.str()},
                 {{file, {whole.end, whole.end}}, behind.str()}});
}

/// `[x]() -> T { … }` becomes `[x](this auto) -> T { … }`, where that is known.
/// Called where it is written the closure is moved; a library may copy it, and
/// call it more than once.
std::optional<Fix> cures::ownClosure(Workbench &bench, const Finding &finding) {
  OperationKey at = finding.subject.operation;
  bool isLent = finding.subject.effect != nullptr;
  std::uint8_t gcc = bench.summaryOf(at).gcc;
  if ((gcc != 0 && gcc < gccWithObjectParameters) ||
      (!isLent && !functionCalled(bench, at)))
    return std::nullopt;
  Location place = isLent
                       ? finding.at
                       : Location{finding.at.file, bench.operation(at).inner};
  std::optional<WrittenLambda> lambda = writtenLambda(bench, place);
  if (!lambda)
    return std::nullopt;
  llvm::StringRef parameters = bench.text(lambda->parameters);
  std::string text = parameters.trim().empty() ? "this auto" : "this auto, ";
  if (!lambda->hasParentheses)
    text = "(" + text + ")";
  std::uint32_t begin = lambda->parameters.span.begin;
  return cppFix(isLent ? Applicability::Unsafe : Applicability::Safe,
                "take the captures into the coroutine's frame",
                {{{lambda->whole.file, {begin, begin}}, text}});
}
