//===- StaleCurrentLoop.cpp - LOOP402 -------------------------------------===//
//
// A loop is closed and stays its thread's current loop. Whoever asks for the
// current loop next gets it. At the end of a script or of a thread nobody is
// left to ask; a pool's thread, a caller who goes on, and whoever uses a module
// that others import, are.
//
//===----------------------------------------------------------------------===//

#include "StaleLoops.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace looplint;
using namespace looplint::rules;

static bool isClosedCurrent(const ExecutionContext &context, ObjectId loop) {
  return context.current == Current::Closed && context.currentLoop == loop;
}

/// Whether the function installs another loop, or none, after the place.
static bool isReplacedLater(const RuleInput &input, const Occurrence &place) {
  return llvm::any_of(
      input.contexts[place.instance].events, [&](const Event &event) {
        bool replaces = event.effect->kind == EffectKind::SetLoop ||
                        event.effect->leavesNoCurrentLoop;
        return replaces && place.event->at < event.at;
      });
}

/// Whether the code belongs to a program that ends, and is not for others to
/// use: to a script, or to what has a main.
static bool isScriptsOwn(const RuleInput &input, InstanceId instance) {
  FileId file = input.program.fileOf(input.contexts.functionOf(instance));
  if (input.program.summary(file).language == Language::Cpp)
    return llvm::any_of(input.contexts.instances, [](const Instance &each) {
      return each.root == RootKind::Main;
    });
  FunctionKey module = input.program.module(file);
  for (std::uint32_t i = 0; i < input.contexts.instances.size(); ++i)
    if (input.contexts.instances[i].root == RootKind::Script &&
        input.contexts.functionOf(InstanceId(i)) == module)
      return true;
  return false;
}

/// Whether only scripts of the program lead to it, without a coroutine or what
/// a decorator has made: those are called again and again.
static bool isBelowScripts(const RuleInput &input, const Threads &threads,
                           InstanceId instance) {
  llvm::SmallVector<InstanceId, 16> open{instance};
  llvm::DenseSet<std::uint32_t> seen{instance.index()};
  bool isBelow = false;
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    RootKind root = input.contexts[next].root;
    FunctionKey key = input.contexts.functionOf(next);
    const Function &function = input.program.function(key);
    const Summary &text = input.program.summary(input.program.fileOf(key));
    bool isNested = function.parent &&
                    text.function(function.parent).kind == FunctionKind::Plain;
    bool isOthers = root != RootKind::None && root != RootKind::Script;
    if (isOthers || function.isAsync || isNested)
      return false;
    isBelow |= root == RootKind::Script;
    threads.forEachCaller(next, [&](InstanceId caller, const Edge &) {
      if (seen.insert(caller.index()).second)
        open.push_back(caller);
    });
  }
  return isBelow;
}

/// The variable whose method the operation calls.
static std::optional<std::uint32_t> receiverOf(const Summary &summary,
                                               const Operation &operation) {
  if (operation.kind != OperationKind::Call ||
      summary.value(operation.value).kind != ValueKind::Attribute)
    return std::nullopt;
  const Value &receiver =
      summary.value(ValueId(summary.value(operation.value).a));
  return receiver.kind == ValueKind::Local ? std::optional(receiver.a)
                                           : std::nullopt;
}

/// Whether both are `job`, or `self.job`.
static bool areOne(const Summary &summary, ValueId left, ValueId right) {
  for (unsigned i = 0; i < 8; ++i) {
    const Value &a = summary.value(left);
    const Value &b = summary.value(right);
    if (a.kind != b.kind || a.b != b.b)
      return false;
    if (a.kind != ValueKind::Attribute)
      return a.a == b.a &&
             (a.kind == ValueKind::Local || a.kind == ValueKind::Outer ||
              a.kind == ValueKind::Function);
    left = ValueId(a.a);
    right = ValueId(b.a);
  }
  return false;
}

/// `with Pool() as pool: pool.submit(job)`: the threads have this job only, and
/// end with the `with`. It installs a loop before it asks for one.
static bool isOnlyJob(const RuleInput &input, OperationKey call) {
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(call));
  std::optional<std::uint32_t> pool =
      receiverOf(summary, program.operation(call));
  if (!pool)
    return false;
  IndexRange range = program.function(functionAround(input, call)).operations;
  bool isEntered = false;
  llvm::ArrayRef<Argument> given = summary.argumentsOf(program.operation(call));
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    isEntered |= operation.kind == OperationKind::Bind && !operation.scope &&
                 operation.variable == *pool && operation.value &&
                 summary.value(operation.value).kind == ValueKind::Entered;
    if (receiverOf(summary, operation) != pool ||
        program.key(program.fileOf(call), i) == call)
      continue;
    llvm::ArrayRef<Argument> other = summary.argumentsOf(operation);
    bool isSameJob =
        given.size() == other.size() &&
        llvm::all_of(llvm::zip(given, other), [&](const auto &pair) {
          return areOne(summary, std::get<0>(pair).value,
                        std::get<1>(pair).value);
        });
    if (!isSameJob)
      return false;
  }
  return isEntered;
}

/// Whether the thread does other things after the function has returned, with
/// the closed loop still installed.
static bool goesOn(const RuleInput &input, const Threads &threads,
                   const Occurrence &place, ObjectId loop) {
  const Contexts &contexts = input.contexts;
  const ExecutionContext &here = contexts[place.event->context];
  auto isAlone = [&](OperationKey start) { return isOnlyJob(input, start); };
  if (here.isWorker() && threads.isOnSeveral(place) &&
      !llvm::all_of(threads.startPlaces(place), isAlone))
    return true;
  if (!here.isWorker() && !isScriptsOwn(input, place.instance) &&
      !isBelowScripts(input, threads, place.instance))
    return true;
  llvm::SmallVector<InstanceId, 16> open{place.instance};
  llvm::DenseSet<std::uint32_t> seen{place.instance.index()};
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    const Instance &instance = contexts[next];
    if (instance.root == RootKind::Framework ||
        instance.root == RootKind::UnknownCaller)
      return true;
    threads.forEachCaller(next, [&](InstanceId caller, const Edge &edge) {
      bool staysInstalled =
          edge.kind != EdgeKind::Drives &&
          isClosedCurrent(contexts[contexts[caller].outcome.exit], loop);
      if (staysInstalled && seen.insert(caller.index()).second)
        open.push_back(caller);
    });
  }
  return false;
}

/// Whether the function leaves the closed loop installed.
static bool isLeft(const RuleInput &input, const Occurrence &place,
                   ObjectId loop) {
  const Outcome &outcome = input.contexts[place.instance].outcome;
  if (isReplacedLater(input, place))
    return false;
  return !outcome.returns ||
         isClosedCurrent(input.contexts[outcome.exit], loop);
}

std::vector<StaleLoop> rules::staleLoops(const RuleInput &input,
                                         const Threads &threads) {
  std::map<std::uint32_t, Occurrence> asked;
  forEachEvent(
      input, EffectKind::CurrentLoop,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        if (!event.effect->needsRunning && context.current == Current::Closed)
          asked.try_emplace(context.currentLoop.index(),
                            Occurrence{instance, &event});
      });
  // A thread that a loop was pushed on keeps it alive until it is popped.
  llvm::DenseSet<std::uint32_t> pushed;
  forEachEvent(input, EffectKind::SetLoop, [&](InstanceId, const Event &event) {
    if (event.effect->pushes)
      for (ObjectId loop : certainLoops(input, event.loops))
        pushed.insert(loop.index());
  });
  // Where a loop that runs until somebody stops it comes to its end, the server
  // does, and on the main thread the process.
  llvm::DenseSet<std::uint32_t> servers;
  forEachEvent(input, EffectKind::RunLoop, [&](InstanceId, const Event &event) {
    if (event.effect->forever && !input.contexts[event.context].isWorker())
      for (ObjectId loop : certainLoops(input, event.loops))
        servers.insert(loop.index());
  });
  std::vector<StaleLoop> stale;
  forEachEvent(
      input, EffectKind::CloseLoop,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        ObjectId loop = context.currentLoop;
        Occurrence place{instance, &event};
        // A loop that runs refuses to be closed.
        bool isRunning =
            context.running == Running::Yes && context.runningLoop == loop;
        if (context.current != Current::Set || isRunning ||
            pushed.contains(loop.index()) ||
            !llvm::is_contained(certainLoops(input, event.loops), loop))
          return;
        auto found = asked.find(loop.index());
        bool isAsked = found != asked.end();
        bool mayBeAsked = !servers.contains(loop.index()) &&
                          isLeft(input, place, loop) &&
                          goesOn(input, threads, place, loop);
        if (isAsked || mayBeAsked)
          stale.push_back(
              {loop, place, isAsked ? found->second : Occurrence()});
      });
  return stale;
}

/// Loops that a function pushes, pops on some of its ways and leaves on others.
static void findPushed(const RuleInput &input, Findings &findings) {
  const Contexts &contexts = input.contexts;
  auto popsHere = [&](InstanceId instance, ObjectId loop) {
    return llvm::any_of(contexts[instance].events, [&](const Event &event) {
      return event.effect->kind == EffectKind::SetLoop &&
             event.effect->subject &&
             llvm::is_contained(certainLoops(input, event.loops), loop);
    });
  };
  forEachEvent(
      input, EffectKind::SetLoop, [&](InstanceId instance, const Event &event) {
        llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
        const Outcome &outcome = contexts[instance].outcome;
        if (!event.effect->pushes || loops.size() != 1 || !outcome.returns)
          return;
        ObjectId duty = contexts.heap.existingDuty(Duty::Pop, loops.front());
        bool isOpen =
            duty &&
            llvm::is_contained(certainLoops(input, outcome.loops.open), duty);
        if (!isOpen || !popsHere(instance, loops.front()))
          return;
        std::string api = displayName(*event.api);
        findings.push_back(makeFinding(
            input, 402, instance, event,
            llvm::formatv("`{0}`: the loop stays the thread's current one on "
                          "the ways out that do not pop it",
                          api),
            llvm::formatv("`{0}` installs it", api)));
      });
}

Findings rules::checkStaleCurrentLoop(const RuleInput &input) {
  Findings findings;
  findPushed(input, findings);
  Threads threads(input);
  for (const StaleLoop &stale : staleLoops(input, threads)) {
    const Event &closed = *stale.closed.event;
    std::string api = displayName(*closed.api);
    Finding finding = makeFinding(
        input, 402, stale.closed.instance, closed,
        llvm::formatv("`{0}` closes a loop that stays the thread's current "
                      "loop: who asks for it next {1}",
                      api,
                      isOfPython(closed)
                          ? "fails with RuntimeError: Event loop is closed"
                          : "gets a loop that is gone"),
        llvm::formatv("`{0}` closes it and nothing replaces it", api));
    if (stale.asked.event)
      finding.witness.push_back(
          {placeOf(input, stale.asked.event->at),
           llvm::formatv("`{0}` gets the closed loop here",
                         displayName(*stale.asked.event->api))});
    else
      finding.confidence = std::min(finding.confidence, Confidence::Likely);
    findings.push_back(std::move(finding));
  }
  return findings;
}
