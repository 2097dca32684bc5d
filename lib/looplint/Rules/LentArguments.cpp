//===- LentArguments.cpp - LOOP704, parameters ----------------------------===//
//
// A coroutine keeps its parameters, but of a reference, a pointer or a view it
// keeps no more than that. Given to a loop that runs it later, it goes on when
// the statement, and mostly the function that called it, has ended, and with it
// temporaries and local objects that such parameters refer to.
//
// A function that waits, or runs a loop, before it returns may have its objects
// until the coroutine is done, and so may a coroutine. Of those only
// temporaries prove something. What the coroutine reads before it first waits
// may still be there: some loops begin at once.
//
//===----------------------------------------------------------------------===//

#include "Dangling.h"
#include "Evidence.h"
#include "Uses.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// Whether the loop waits, and may come round after that: one that ends in a
/// `break` does not.
static bool waitsInLoop(const Summary &summary, std::uint32_t loop) {
  unsigned depth = 0;
  bool waits = false;
  for (std::uint32_t i = loop; i < summary.operations.size(); ++i) {
    OperationKind kind = summary.operations[i].kind;
    depth += kind == OperationKind::Loop;
    depth -= kind == OperationKind::EndLoop;
    if (depth == 0)
      return waits && summary.operations[i - 1].kind != OperationKind::Break;
    waits |= kind == OperationKind::Await || kind == OperationKind::Yield;
  }
  return false;
}

void rules::forEachBehindWait(
    const Summary &summary, const Function &function,
    llvm::function_ref<void(const Operation &)> visit) {
  bool hasWaited = false;
  llvm::SmallVector<bool, 8>
      before; // of open Ifs, at the If; in the Else: then
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operation(OperationId(i));
    if (op.kind == OperationKind::If)
      before.push_back(hasWaited);
    if (op.kind == OperationKind::Else && !before.empty())
      std::swap(hasWaited, before.back());
    if (op.kind == OperationKind::EndIf && !before.empty())
      hasWaited |= before.pop_back_val();
    // Another turn comes behind what the first one waits for.
    hasWaited |= op.kind == OperationKind::Loop && waitsInLoop(summary, i);
    if (hasWaited)
      visit(op);
    hasWaited |=
        op.kind == OperationKind::Await || op.kind == OperationKind::Yield;
  }
}

/// Whether the operation reads the variable, itself or in a lambda.
static bool mentions(const Summary &summary, const Operation &op,
                     FunctionId owner, std::uint32_t variable) {
  llvm::SmallVector<ValueId, 16> open{op.value, op.target, op.key};
  for (const Argument &argument : summary.argumentsOf(op))
    open.push_back(argument.value);
  while (!open.empty()) {
    ValueId id = open.pop_back_val();
    if (!id)
      continue;
    const Value &value = summary.value(id);
    bool isIt = (value.kind == ValueKind::Local && value.a == variable) ||
                (value.kind == ValueKind::Outer &&
                 FunctionId(value.a) == owner && value.b == variable);
    if (isIt)
      return true;
    rules::addParts(summary, value, open);
  }
  return false;
}

/// Whether the coroutine, or a lambda in it, reads the parameter after it has
/// waited.
static bool isReadBehindWait(const Summary &summary, FunctionId coroutine,
                             std::uint32_t parameter) {
  bool isRead = false;
  rules::forEachBehindWait(
      summary, summary.function(coroutine), [&](const Operation &op) {
        isRead |= mentions(summary, op, coroutine, parameter);
      });
  return isRead;
}

/// Whether something that the instance calls waits or runs a loop.
static bool mayWait(const RuleInput &input, InstanceId start) {
  llvm::SmallVector<InstanceId, 8> open{start};
  llvm::DenseSet<std::uint32_t> seen{start.raw()};
  while (!open.empty()) {
    const Instance &instance = input.contexts[open.pop_back_val()];
    for (const Event &event : instance.events) {
      EffectKind kind = event.effect->kind;
      if (kind == EffectKind::RunLoop || kind == EffectKind::WaitsFor ||
          kind == EffectKind::Blocks)
        return true;
    }
    for (const Edge &edge : instance.edges)
      if (edge.kind == EdgeKind::Call && seen.insert(edge.to.raw()).second)
        open.push_back(edge.to);
  }
  return false;
}

/// Whether what is lent to the coroutine has ended when it goes on.
static bool endsBefore(const RuleInput &input, InstanceId caller,
                       Argument::Lent lent) {
  if (lent == Argument::Temporary)
    return true;
  const Instance &instance = input.contexts[caller];
  const Function &function =
      input.program.function(input.contexts.functionOf(caller));
  return lent == Argument::LocalObject && !function.isAsync &&
         instance.root != RootKind::Main && !mayWait(input, caller);
}

/// The call that makes the coroutine, where it is written as an argument of the
/// hand-over.
static std::uint32_t callThatMakes(const Program &program,
                                   const Handover &handover) {
  const Summary &summary = program.summary(program.fileOf(handover.at));
  const Operation &op = program.operation(handover.at);
  for (const Argument &argument : summary.argumentsOf(op)) {
    if (!argument.value)
      continue;
    const Value &value = behindType(summary, argument.value);
    if (value.kind != ValueKind::Result)
      continue;
    const Operation &made = summary.operation(OperationId(value.a));
    auto isLent = [](const Argument &each) {
      return each.lent != Argument::NotLent;
    };
    if (llvm::any_of(summary.argumentsOf(made), isLent))
      return value.a;
  }
  return noPosition;
}

/// The parameter that refers to what has ended; noPosition where none does.
static std::uint32_t danglingParameter(const RuleInput &input,
                                       InstanceId caller, FunctionKey coroutine,
                                       llvm::ArrayRef<Argument> arguments) {
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(coroutine));
  llvm::ArrayRef<Parameter> parameters =
      summary.parametersOf(program.function(coroutine));
  std::uint32_t first =
      !parameters.empty() &&
      summary.string(parameters[0].name) == language::receiver;
  for (std::uint32_t i = 0; i < arguments.size(); ++i)
    if (first + i < parameters.size() &&
        endsBefore(input, caller, arguments[i].lent) &&
        isReadBehindWait(summary, program.local(coroutine), first + i))
      return first + i;
  return noPosition;
}

void rules::findLentArguments(const RuleInput &input, Findings &findings) {
  const Program &program = input.program;
  llvm::DenseSet<std::uint32_t> reported;
  forEachHandover(input, [&](InstanceId caller, const Handover &handover) {
    if (!handover.at || !handover.effect->later ||
        input.contexts.atoms[handover.value].kind != AtomKind::Coroutine ||
        isAwaitedAtOnce(input, handover.at))
      return;
    FunctionKey coroutine = functionBehind(input, handover.value);
    std::uint32_t made = callThatMakes(program, handover);
    if (!coroutine || made == noPosition)
      return;
    FileId file = program.fileOf(handover.at);
    const Summary &summary = program.summary(file);
    const Operation &call = summary.operation(OperationId(made));
    std::uint32_t position =
        danglingParameter(input, caller, coroutine, summary.argumentsOf(call));
    if (position == noPosition ||
        !reported.insert(program.key(file, made).raw()).second)
      return;
    const Summary &text = program.summary(program.fileOf(coroutine));
    const Function &definition = program.function(coroutine);
    llvm::StringRef parameter =
        text.string(text.parametersOf(definition)[position].name);
    Confidence confidence = std::min(handover.confidence, Confidence::Likely);
    std::vector<WitnessStep> steps =
        witness(input.contexts, caller, confidence);
    steps.push_back({{program.fileOf(coroutine), definition.nameSpan},
                     llvm::formatv("`{0}` reads `{1}` after it has waited",
                                   text.string(definition.name), parameter)});
    Location at{file, call.span};
    steps.push_back({at, "what it refers to has ended by then"});
    findings.push_back(
        {.code = 704,
         .severity = Severity::Error,
         .confidence = confidence,
         .message = llvm::formatv(
             "`{0}` goes on when what its parameter `{1}` refers to is gone: "
             "take it by value",
             text.string(definition.name), parameter),
         .at = at,
         .context = describe(input.contexts[handover.context]),
         .witness = std::move(steps),
         .subject = {.operation = program.key(file, made)}});
  });
}
