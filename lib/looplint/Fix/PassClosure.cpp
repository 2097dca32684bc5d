//===- PassClosure.cpp - hand a coroutine lambda over without calling it --===//
//
// C++: `co_spawn(executor, [x]() -> awaitable<void> { … }(), token)` loses the
// closure at the end of the statement. What starts the coroutine may take the
// lambda as well, and then keeps it for as long as the coroutine lives: the
// model says so. Whether it compiles, trying it out tells.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "LambdaText.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The library function that the call is one of; null where it is none's.
static const ApiFunction *calledAt(const Workbench &bench,
                                   const Summary &summary,
                                   const Operation &call) {
  const Value &callee = behindType(summary, call.value);
  if (callee.kind != ValueKind::Entity)
    return nullptr;
  const ModelSet &models = bench.input.models;
  return models.function(models.canonical(summary.string(StringId(callee.a))));
}

/// Whether the function, given a coroutine function for \p parameter, calls it
/// and runs what it returns.
static bool takesCallable(const ApiFunction &api, llvm::StringRef parameter) {
  return llvm::any_of(api.effects, [&](const Effect &effect) {
    return effect.kind == EffectKind::Invokes &&
           effect.callable.kind == Reference::Parameter &&
           effect.callable.name == parameter &&
           (effect.accepts == Accepts::Both ||
            effect.accepts == Accepts::CoroutineFunction);
  });
}

/// Whether what \p made returns is an argument of a call that would take the
/// function itself.
static bool isGivenToKeeper(const Workbench &bench, OperationKey made) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(made);
  const Summary &summary = program.summary(file);
  std::uint32_t index = program.local(made).index();
  auto isMade = [&](ValueId value) {
    const Value &given = behindType(summary, value);
    return given.kind == ValueKind::Result && given.a == index;
  };
  for (std::uint32_t i = index + 1; i < summary.operations.size(); ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Call)
      continue;
    llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
    const auto *given = llvm::find_if(arguments, [&](const Argument &argument) {
      return argument.kind == Argument::Positional && isMade(argument.value);
    });
    if (given == arguments.end())
      continue;
    const ApiFunction *api = calledAt(bench, summary, op);
    auto position = static_cast<std::size_t>(given - arguments.begin());
    return api && position < api->parameters.size() &&
           takesCallable(*api, api->parameters[position].name);
  }
  return false;
}

std::optional<Fix> cures::passClosure(Workbench &bench,
                                      const Finding &finding) {
  OperationKey made = finding.subject.operation;
  std::optional<WrittenLambda> lambda = calledLambda(bench, made);
  if (!lambda || !isGivenToKeeper(bench, made))
    return std::nullopt;
  Location call = bench.locationOf(made);
  Edit edit{{call.file, {lambda->whole.span.end, call.span.end}}, ""};
  return Fix{
      Applicability::Safe, "hand the lambda over without calling it", {edit}};
}
