//===- CoroutineNeverAwaited.cpp - LOOP701 --------------------------------===//
//
// Calling a coroutine function runs nothing: it makes an object that has to be
// awaited. Where that object is dropped, or only looked at, the body never
// runs. The place proves it, so no path from a root is needed.
//
// What takes away from the proof: a decorator that may have made the function
// another one, a subclass that may define it as a plain one, and results that
// are a coroutine in some cases only.
//
//===----------------------------------------------------------------------===//

#include "LostFutures.h"
#include "Wrappers.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

namespace {
/// The classes of the program by what they derive from.
using Subclasses = llvm::DenseMap<std::uint32_t, std::vector<ClassKey>>;
} // namespace

/// Functions that hand on a result, one behind the other; more are not looked
/// at.
static constexpr unsigned longestHandOn = 8;

static Subclasses findSubclasses(const RuleInput &input) {
  Subclasses subclasses;
  for (const auto &[derived, bases] : input.contexts.bases)
    for (ClassKey base : bases)
      subclasses[base.raw()].emplace_back(derived);
  return subclasses;
}

static bool definesPlain(const Program &program, ClassKey key,
                         llvm::StringRef name) {
  const Summary &summary = program.summary(program.fileOf(key));
  ClassId local = program.local(key);
  return llvm::any_of(summary.functions, [&](const Function &function) {
    return function.classOfMethod == local && !function.isAsync &&
           summary.string(function.name) == name;
  });
}

/// Whether a class below the method's own defines it as a plain function.
static bool isOverriddenPlain(const RuleInput &input, FunctionKey method,
                              const Subclasses &subclasses) {
  const Program &program = input.program;
  FileId file = program.fileOf(method);
  const Function &function = program.function(method);
  if (!function.classOfMethod)
    return false;
  llvm::StringRef name = program.summary(file).string(function.name);
  llvm::SmallVector<ClassKey, 8> open{
      program.key(file, function.classOfMethod)};
  llvm::DenseSet<std::uint32_t> seen;
  while (!open.empty()) {
    ClassKey key = open.pop_back_val();
    auto below = subclasses.find(key.raw());
    if (below == subclasses.end())
      continue;
    for (ClassKey derived : below->second) {
      if (!seen.insert(derived.raw()).second)
        continue;
      if (definesPlain(program, derived, name))
        return true;
      open.push_back(derived);
    }
  }
  return false;
}

/// An object of a library that is called like a coroutine function stands in
/// for something else, in tests.
static bool isMock(const RuleInput &input, AtomId coroutine) {
  const Atoms &atoms = input.contexts.atoms;
  const Atom &callee = atoms[AtomId(atoms[coroutine].a)];
  return callee.kind == AtomKind::ApiMethod &&
         llvm::StringRef(atoms.apiFunction(callee).name).ends_with("__call__");
}

/// The calls whose results the function returns.
static llvm::SmallVector<OperationKey, 4> returnsOf(const Program &program,
                                                    FunctionKey function) {
  FileId file = program.fileOf(function);
  const Summary &summary = program.summary(file);
  IndexRange range = program.function(function).operations;
  llvm::SmallVector<OperationKey, 4> calls;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Return)
      continue;
    bool isCall = op.value && summary.value(op.value).kind == ValueKind::Result;
    calls.push_back(isCall ? program.key(file, summary.value(op.value).a)
                           : OperationKey());
  }
  return calls;
}

/// Whether what is called hands on what a plain function gives that returns in
/// several ways: a coroutine only to those who asked for one.
static bool handsOnOther(const RuleInput &input, InstanceId caller,
                         OperationKey call) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<std::pair<InstanceId, OperationKey>, 4> open{
      {caller, call}};
  for (unsigned steps = 0; !open.empty() && steps < longestHandOn; ++steps) {
    auto [instance, at] = open.pop_back_val();
    for (const Edge &edge : contexts[instance].edges) {
      FunctionKey callee = contexts.functionOf(edge.to);
      if (edge.kind != EdgeKind::Call || edge.at != at ||
          input.program.function(callee).isAsync)
        continue;
      llvm::SmallVector<OperationKey, 4> returned =
          returnsOf(input.program, callee);
      if (returned.size() > 1)
        return true;
      if (!returned.empty() && returned.front())
        open.emplace_back(edge.to, returned.front());
    }
  }
  return false;
}

static Confidence confidenceOf(const RuleInput &input, InstanceId instance,
                               const Loss &loss, AtomId coroutine,
                               const Subclasses &subclasses) {
  const Atoms &atoms = input.contexts.atoms;
  bool isOneOfSeveral = loss.mayBeOther ||
                        handsOnOther(input, instance, loss.at) ||
                        llvm::any_of(atoms.members(loss.value), [&](AtomId id) {
                          return atoms[id].kind != AtomKind::Coroutine;
                        });
  if (isOneOfSeveral)
    return Confidence::Possible;
  FunctionKey function = rules::functionBehind(input, coroutine);
  if (!function)
    return isMock(input, coroutine) ? Confidence::Possible
                                    : Confidence::Definite;
  bool isDoubtful = input.contexts.wrappedUnknown.contains(function.raw()) ||
                    isOverriddenPlain(input, function, subclasses);
  return isDoubtful ? Confidence::Possible : Confidence::Definite;
}

/// The name that the call itself uses, without the quotes; empty for none.
static llvm::StringRef calledName(const Program &program, FunctionKey caller,
                                  OperationKey call) {
  const Summary &summary = program.summary(program.fileOf(call));
  const Value &callee = summary.value(program.operation(call).value);
  switch (callee.kind) {
  case ValueKind::Attribute:
    return summary.string(StringId(callee.b));
  case ValueKind::ImportedName:
    return summary.string(StringId(callee.c));
  case ValueKind::Local:
    return summary.string(
        summary.variablesOf(program.function(caller))[callee.a].name);
  case ValueKind::Outer:
    return summary.string(
        summary.variablesOf(summary.function(FunctionId(callee.a)))[callee.b]
            .name);
  default:
    return "";
  }
}

/// Whether the function came to the call in a callable that returns nothing:
/// where it became one, there is a report.
static bool isCalledInWrapper(const RuleInput &input, const Loss &loss,
                              AtomId coroutine,
                              const llvm::DenseSet<std::uint32_t> &wrapped) {
  FunctionKey function = rules::functionBehind(input, coroutine);
  if (!function || !wrapped.contains(function.index()))
    return false;
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(loss.at));
  const Value &callee = behindType(summary, program.operation(loss.at).value);
  llvm::StringRef name = program.summary(program.fileOf(function))
                             .string(program.function(function).name);
  return callee.kind != ValueKind::Entity &&
         (callee.kind != ValueKind::Attribute ||
          summary.string(StringId(callee.b)) != name);
}

/// What people call the coroutine function: a wrapper that a decorator has put
/// around it goes by its name.
static std::string nameOf(const RuleInput &input, FunctionKey caller,
                          const Loss &loss, AtomId coroutine) {
  FunctionKey function = rules::functionBehind(input, coroutine);
  if (!function)
    return rules::displayName(input, AtomId(input.contexts.atoms[coroutine].a));
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(function));
  const Function &definition = program.function(function);
  bool isNested =
      definition.parent &&
      summary.function(definition.parent).kind == FunctionKind::Plain;
  llvm::StringRef called = calledName(program, caller, loss.at);
  if (isNested && !called.empty())
    return ("`" + called + "`").str();
  return rules::displayName(input, coroutine);
}

namespace {
/// The variable that keeps the coroutine, if one does.
struct Keeper {
  std::string variable;
  bool isLookedAt = false;
};
} // namespace

/// The variable that the lost result is bound to; none where the coroutine in
/// it may be awaited. Objects of C++ that are awaited may have any members, so
/// there only variables that nothing reads count.
static std::optional<Keeper> keeperOf(const RuleInput &input, rules::Uses &uses,
                                      FunctionKey function, const Loss &loss) {
  std::optional<std::uint32_t> bind = uses.bindOf(function, loss.at);
  if (!bind)
    return std::nullopt;
  bool isRead = uses.isRead(function, *bind);
  Language language =
      input.program.summary(input.program.fileOf(function)).language;
  if (isRead &&
      (language != Language::Python || !uses.isOnlyLookedAt(function, *bind)))
    return std::nullopt;
  return Keeper{.variable = uses.nameOf(function, *bind), .isLookedAt = isRead};
}

/// What is done with the coroutine instead of awaiting it.
static std::string describeUse(const Loss &loss, const Keeper &keeper) {
  switch (loss.kind) {
  case Loss::Dropped:
    return "is dropped";
  case Loss::Tested:
    return "is asked whether it is true, which it always is,";
  case Loss::Compared:
    return "is compared, itself and not its result,";
  case Loss::Converted:
  case Loss::Computed:
    return "is used for a value, itself and not its result,";
  case Loss::Iterated:
    return "is iterated over by a plain `for`, which raises TypeError,";
  case Loss::Unread:
    return "is kept in `" + keeper.variable + "`, " +
           (keeper.isLookedAt ? "which is used as if it were the result,"
                              : "which nothing reads,");
  }
  return "";
}

static std::string describe(const RuleInput &input, const Loss &loss,
                            AtomId coroutine, const std::string &name,
                            const Keeper &keeper) {
  FunctionKey function = rules::functionBehind(input, coroutine);
  bool isGenerator = function && input.program.function(function).isGenerator;
  if (isGenerator && loss.kind == Loss::Iterated)
    return llvm::formatv("the async generator {0} is iterated over by a plain "
                         "`for`, which raises TypeError; `async for` is for "
                         "that",
                         name);
  if (isGenerator)
    return llvm::formatv("the async generator {0} {1} and never iterated over: "
                         "its body never runs",
                         name, describeUse(loss, keeper));
  return llvm::formatv(
      "the coroutine of {0} {1} and never awaited: its body never runs", name,
      describeUse(loss, keeper));
}

static Finding report(const RuleInput &input, InstanceId instance,
                      const Loss &loss, AtomId coroutine, Confidence confidence,
                      const Keeper &keeper) {
  Location at = rules::placeOf(input, loss.at);
  std::string name =
      nameOf(input, input.contexts.functionOf(instance), loss, coroutine);
  std::vector<WitnessStep> steps;
  FunctionKey function = rules::functionBehind(input, coroutine);
  if (function)
    steps.push_back(
        {{input.program.fileOf(function),
          input.program.function(function).nameSpan},
         llvm::formatv("{0} is an `async def`: to call it runs nothing",
                       name)});
  steps.push_back({at, "the object that the call returns is lost here"});
  return {.code = 701,
          .severity = Severity::Error,
          .confidence = confidence,
          .message = describe(input, loss, coroutine, name, keeper),
          .at = at,
          .context = looplint::describe(input.contexts[loss.context]),
          .witness = std::move(steps),
          .subject = {.operation = loss.at,
                      .instance = instance,
                      .context = loss.context,
                      .value = coroutine}};
}

Findings rules::checkCoroutineNeverAwaited(const RuleInput &input) {
  Findings findings;
  const Contexts &contexts = input.contexts;
  Subclasses subclasses = findSubclasses(input);
  Uses uses(input.contexts);
  llvm::DenseSet<std::uint32_t> wrapped = rules::functionsInWrappers(input);
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    if (!contexts.isReached[i])
      continue;
    FunctionKey function = contexts.functionOf(InstanceId(i));
    for (const Loss &loss : contexts.instances[i].losses) {
      // `with raises(Error): fetch()` does not get as far as that.
      if (loss.handled >= Handled::ByName)
        continue;
      if (loss.begun) {
        std::optional<Finding> finding =
            judgeFuture(input, uses, InstanceId(i), loss);
        if (finding && finding->code == 701)
          findings.push_back(std::move(*finding));
        continue;
      }
      const auto *coroutine =
          llvm::find_if(contexts.atoms.members(loss.value), [&](AtomId id) {
            return contexts.atoms[id].kind == AtomKind::Coroutine;
          });
      if (coroutine == contexts.atoms.members(loss.value).end() ||
          isCalledInWrapper(input, loss, *coroutine, wrapped))
        continue;
      std::optional<Keeper> keeper = Keeper();
      if (loss.kind == Loss::Unread)
        keeper = keeperOf(input, uses, function, loss);
      if (!keeper)
        continue;
      Confidence confidence =
          confidenceOf(input, InstanceId(i), loss, *coroutine, subclasses);
      findings.push_back(
          report(input, InstanceId(i), loss, *coroutine, confidence, *keeper));
    }
  }
  return findings;
}
