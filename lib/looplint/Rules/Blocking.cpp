//===- Blocking.cpp - what the rules on blocking calls share --------------===//

#include "Blocking.h"

#include "Brackets.h"
#include "Threads.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace looplint;

// Calls of calls that end the program are followed to this depth.
static constexpr unsigned deepestWayOut = 4;

/// Whether the event is the end of a `with` that awaits something in its body.
/// `with Pool() as pool: await run(pool)` waits for what is done by then.
static bool endsAwaitingWith(const RuleInput &input, OperationKey at) {
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(at));
  std::uint32_t end = program.local(at).index();
  if (summary.operations[end].kind != OperationKind::EndWith)
    return false;
  std::uint32_t start = rules::startOfWith(summary, end);
  return std::any_of(summary.operations.begin() + start,
                     summary.operations.begin() + end,
                     [](const Operation &operation) {
                       return operation.kind == OperationKind::Await;
                     });
}

/// Of a loop type of the program's own nobody knows whether its callbacks may
/// take their time: a queue of jobs looks the same.
static bool isOwnLoop(const RuleInput &input, ObjectId loop) {
  const Contexts &contexts = input.contexts;
  AtomId type = loop ? contexts.heap[loop].type : AtomId();
  return type && contexts.atoms[type].kind == AtomKind::Class;
}

/// The callee's own name stands at the call: it is no callable that some
/// variable holds.
static bool isCalledByName(const Program &program, OperationKey at,
                           FunctionKey callee) {
  const Summary &summary = program.summary(program.fileOf(at));
  const Operation &op = program.operation(at);
  if (op.kind != OperationKind::Call || !op.value)
    return false;
  const Value &called = behindType(summary, op.value);
  llvm::StringRef written;
  if (called.kind == ValueKind::Attribute)
    written = summary.string(StringId(called.b));
  if (called.kind == ValueKind::Entity)
    written = summary.string(StringId(called.a)).rsplit('.').second;
  llvm::StringRef name = program.summary(program.fileOf(callee))
                             .string(program.function(callee).name);
  // Of overloads the parameters are part of the name.
  return !written.empty() && written.split('(').first == name.split('(').first;
}

/// Where the code of a library's loop belongs to the program, the loop waits in
/// it for its events. What its turn calls by name is the loop; the callables
/// that it was given are not.
static bool isTurnOfLoop(const RuleInput &input, InstanceId instance) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<InstanceId, 16> way = rules::wayTo(contexts, instance);
  for (InstanceId at : way) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return false;
    const Edge &edge = contexts[step.from].edges[step.edge];
    FunctionKey callee = contexts.functionOf(at);
    if (!isCalledByName(input.program, edge.at, callee))
      return false;
    if (edge.kind == EdgeKind::Drives)
      return true;
    if (edge.kind != EdgeKind::Call)
      return false;
  }
  return false;
}

/// Whether the event takes place in a callable that was called because what it
/// would wait for is done.
static bool isAnnounced(const RuleInput &input, InstanceId instance,
                        const Event &event) {
  const Contexts &contexts = input.contexts;
  llvm::StringRef type = llvm::StringRef(event.api->name).rsplit('.').first;
  for (InstanceId at : rules::wayTo(contexts, instance)) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return false;
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind == EdgeKind::Call)
      continue;
    return llvm::any_of(
        contexts[step.from].handovers, [&](const Handover &handover) {
          return handover.at == edge.at &&
                 llvm::is_contained(handover.effect->announces, type);
        });
  }
  return false;
}

/// Whether it is called on an object, wherever its body stands: a method of C++
/// is mostly defined behind its class, often in another file.
static bool isMethod(const Program &program, FunctionKey key) {
  const Function &function = program.function(key);
  const Summary &summary = program.summary(program.fileOf(key));
  llvm::ArrayRef<Parameter> parameters = summary.parametersOf(function);
  return function.classOfMethod ||
         (!parameters.empty() &&
          summary.string(parameters.front().name) == language::receiver);
}

/// Whether a method of the program's own has put the callable where a loop type
/// of its own takes it from: which object that is, need not be known.
static bool isInOwnLoop(const RuleInput &input, InstanceId instance) {
  const Contexts &contexts = input.contexts;
  for (InstanceId at : rules::wayTo(contexts, instance)) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return false;
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind != EdgeKind::Schedules)
      continue;
    return llvm::any_of(contexts[step.from].edges, [&](const Edge &other) {
      if (other.at != edge.at || other.kind != EdgeKind::Call)
        return false;
      FunctionKey callee = contexts.functionOf(other.to);
      return isMethod(input.program, callee) && edge.api &&
             cppName(input.program.displayName(callee)) == edge.api->name;
    });
  }
  return false;
}

/// Whether the function ends the program, outside of loops, and so does not
/// come back; by itself or through what it calls.
static bool endsProgram(const RuleInput &input, InstanceId instance,
                        unsigned depth = 0) {
  const Instance &here = input.contexts[instance];
  const Outcome &outcome = here.outcome;
  if (outcome.returns || outcome.suspends || outcome.runsLoop ||
      depth > deepestWayOut)
    return false;
  auto isOnce = [&](OperationKey at) {
    return !rules::isInLoop(input.program, at);
  };
  return llvm::any_of(here.events,
                      [&](const Event &event) {
                        return event.effect->kind == EffectKind::StopLoop &&
                               event.api->returned.kind == Returned::Never &&
                               isOnce(event.at);
                      }) ||
         llvm::any_of(here.edges, [&](const Edge &edge) {
           return edge.kind == EdgeKind::Call && edge.to != instance &&
                  isOnce(edge.at) && endsProgram(input, edge.to, depth + 1);
         });
}

/// Whether each call that leads to the place is made by a function that ends
/// the program: the loop has nothing else to do any more.
static bool isOnTheWayOut(const RuleInput &input, const rules::Threads &threads,
                          InstanceId place) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<InstanceId, 8> open{place};
  llvm::SmallDenseSet<std::uint32_t, 8> seen{place.index()};
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    if (endsProgram(input, next))
      continue;
    bool isEntered =
        contexts[next].root != RootKind::None || threads.isHandedOver(next);
    bool isCalled = false;
    threads.forEachCaller(next, [&](InstanceId caller, const Edge &edge) {
      isCalled = true;
      isEntered |= edge.kind != EdgeKind::Call;
      if (seen.insert(caller.index()).second)
        open.push_back(caller);
    });
    if (isEntered || !isCalled)
      return false;
  }
  return true;
}

static bool isAskedFor(const RuleInput &input, const Event &event) {
  if (isOwnLoop(input, input.contexts[event.context].runningLoop))
    return false;
  if (input.contexts[event.context].running != Running::Yes ||
      rules::isAwaited(input, event.at) || endsAwaitingWith(input, event.at))
    return false;
  const Effect &effect = *event.effect;
  return !effect.optIn ||
         llvm::is_contained(input.blockingTiers, effect.category);
}

void rules::forEachBlockingCall(
    const RuleInput &input,
    llvm::function_ref<void(InstanceId, const Event &)> visit) {
  Threads threads(input);
  forEachEvent(
      input, EffectKind::Blocks, [&](InstanceId instance, const Event &event) {
        if (isAskedFor(input, event) && !isTurnOfLoop(input, instance) &&
            !isAnnounced(input, instance, event) &&
            !isInOwnLoop(input, instance) &&
            !isOnTheWayOut(input, threads, instance))
          visit(instance, event);
      });
}

bool rules::hasOwnTwin(const Event &event) {
  llvm::StringRef twin = event.effect->twin;
  if (twin.empty())
    return false;
  const std::string name = looplint::spelled(event.api->name);
  llvm::StringRef separator = isCppName(event.api->name) ? "::" : ".";
  return !twin.contains(separator) ||
         twin.rsplit(separator).first ==
             llvm::StringRef(name).rsplit(separator).first;
}

static std::string spelledDuration(std::uint64_t milliseconds) {
  if (milliseconds < 1000)
    return llvm::formatv("{0} ms", milliseconds);
  if (milliseconds % 1000 == 0)
    return llvm::formatv("{0} s", milliseconds / 1000);
  return llvm::formatv("{0} s", static_cast<double>(milliseconds) / 1000.0);
}

/// "5 s", "300 ms"; empty where it is not known.
static std::string duration(const RuleInput &input, const Event &event) {
  const Atoms &atoms = input.contexts.atoms;
  llvm::ArrayRef<AtomId> members = atoms.members(event.subject);
  if (members.size() != 1)
    return "";
  const Atom &atom = atoms[members.front()];
  bool isCounted = event.effect->inMilliseconds;
  // A number with a point is kept in thousandths.
  if (atom.kind == AtomKind::Integer)
    return spelledDuration(isCounted ? atom.a : std::uint64_t(atom.a) * 1000);
  if (atom.kind == AtomKind::Float)
    return spelledDuration(isCounted ? atom.a / 1000 : atom.a);
  return "";
}

std::string rules::describeStop(const RuleInput &input, const Event &event) {
  llvm::StringRef category = event.effect->category;
  std::string limit = duration(input, event);
  std::string stop = "stops the running loop";
  if (category == "sleep")
    return limit.empty() ? stop : stop + " for " + limit;
  static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> until[] =
      {{"network", " until the network answers"},
       {"subprocess", " while it waits for a child process"},
       {"database", " until the database answers"},
       {"synchronization", " until another thread or process goes on"},
       {"file", " until the file system answers"},
       {"input", " until somebody has typed an answer"},
       {"cpu", " while it computes"},
       {"import", " while modules are loaded"}};
  for (const auto &[known, words] : until)
    if (category == known)
      stop += words;
  return limit.empty() ? stop : stop + ", up to " + limit;
}
