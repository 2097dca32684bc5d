//===- UnclosedLoop.cpp - LOOP401 -----------------------------------------===//
//
// Whoever makes a loop has to close it. A loop in a local variable ends with
// its function, unless the function returns it or installs it for others. One
// in an object's field ends when somebody stops it. A loop that runs for the
// life of the process is nobody's mistake.
//
//===----------------------------------------------------------------------===//

#include "LoopLives.h"
#include "StaleLoops.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

static bool contains(const RuleInput &input, SetId loops, ObjectId loop) {
  return llvm::is_contained(certainLoops(input, loops), loop);
}

/// Whether the value is the loop, or holds it.
static bool gives(const RuleInput &input, SetId value, ObjectId loop) {
  const Atoms &atoms = input.contexts.atoms;
  llvm::SmallVector<AtomId, 8> open(atoms.members(value));
  for (std::size_t i = 0; i < open.size() && i < 64; ++i) {
    const Atom &atom = atoms[open[i]];
    if (atom.kind == AtomKind::Tuple)
      for (SetId member : atoms[SequenceId(atom.a)])
        llvm::append_range(open, atoms.members(member));
    if (atom.kind != AtomKind::Object)
      continue;
    const Object &object = input.contexts.heap[ObjectId(atom.a)];
    if (ObjectId(atom.a) == loop || object.wrapped == loop)
      return true;
  }
  return false;
}

static bool hasEventIn(const std::vector<Occurrence> &places,
                       InstanceId instance) {
  return llvm::any_of(places, [&](const Occurrence &place) {
    return place.instance == instance;
  });
}

/// The function asks for the thread's loop: next time it finds this one.
static bool asksForCurrent(const RuleInput &input, InstanceId instance) {
  return llvm::any_of(input.contexts[instance].events, [](const Event &event) {
    return event.effect->kind == EffectKind::CurrentLoop &&
           !event.effect->needsRunning;
  });
}

static bool isModule(const RuleInput &input, InstanceId instance) {
  return input.contexts[instance].root == RootKind::Main ||
         input.program.function(input.contexts.functionOf(instance)).kind ==
             FunctionKind::Module;
}

/// Whether the function is the loop's last owner, returns and leaves it open.
static bool endsOpen(const RuleInput &input, const Threads &threads,
                     const LoopLife &life, InstanceId maker) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<InstanceId, 8> open{maker};
  llvm::DenseSet<std::uint32_t> seen{maker.index()};
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    const Instance &instance = contexts[next];
    if (!instance.outcome.returns ||
        !contains(input, instance.outcome.loops.open, life.loop))
      continue;
    // What initialises a loop leaves it to whoever makes it.
    bool isGiven =
        gives(input, instance.outcome.value, life.loop) ||
        gives(input, instance.outcome.yielded, life.loop) ||
        llvm::any_of(
            contexts.atoms[contexts.frameOf(instance).arguments],
            [&](SetId given) { return gives(input, given, life.loop); });
    if (isGiven) {
      threads.forEachCaller(next, [&](InstanceId caller, const Edge &) {
        if (seen.insert(caller.index()).second)
          open.push_back(caller);
      });
      continue;
    }
    const ExecutionContext &exit = contexts[instance.outcome.exit];
    bool isInstalled =
        exit.current == Current::Set && exit.currentLoop == life.loop;
    bool ranHere = hasEventIn(life.run, next);
    if (!isInstalled || (ranHere && !asksForCurrent(input, next) &&
                         !asksForCurrent(input, maker)))
      return true;
  }
  return false;
}

/// Whether the operation only gives the function to somebody who calls it later
/// (`addCleanup(loop.close)`).
static bool isHandedOver(const Summary &summary, const Operation &operation,
                         const ApiFunction &closes) {
  const Value &callee = summary.value(operation.value);
  return callee.kind == ValueKind::Attribute &&
         summary.string(StringId(callee.b)) !=
             llvm::StringRef(closes.name).rsplit('.').second;
}

/// Whether the place is in a `finally`, a handler, or the end of a `with`.
static bool isClosedOnTheWayOut(const RuleInput &input,
                                const Occurrence &place) {
  const Program &program = input.program;
  FileId file = program.fileOf(place.event->at);
  const Summary &summary = program.summary(file);
  const Function &function =
      program.function(input.contexts.functionOf(place.instance));
  OperationId at = program.local(place.event->at);
  if (summary.operation(at).kind != OperationKind::Call ||
      isHandedOver(summary, summary.operation(at), *place.event->api))
    return true;
  llvm::SmallVector<bool, 8> isCleaning;
  for (std::uint32_t i = function.operations.begin; i < at.index(); ++i)
    switch (summary.operations[i].kind) {
    case OperationKind::Try:
      isCleaning.push_back(false);
      break;
    case OperationKind::Except:
    case OperationKind::Finally:
      if (!isCleaning.empty())
        isCleaning.back() = true;
      break;
    case OperationKind::TryElse:
      if (!isCleaning.empty())
        isCleaning.back() = false;
      break;
    case OperationKind::EndTry:
      if (!isCleaning.empty())
        isCleaning.pop_back();
      break;
    default:
      break;
    }
  return llvm::is_contained(isCleaning, true);
}

/// Whether the function, or one that it is defined in, is a framework's to call
/// (a test): what it leaves open where it fails is no news.
static bool isFrameworks(const RuleInput &input, InstanceId instance) {
  FunctionKey key = input.contexts.functionOf(instance);
  FileId file = input.program.fileOf(key);
  llvm::SmallDenseSet<std::uint32_t, 4> around;
  for (unsigned i = 0; i < 16; ++i) {
    around.insert(key.index());
    FunctionId parent = input.program.function(key).parent;
    if (!parent)
      break;
    key = input.program.key(file, parent);
  }
  for (std::uint32_t i = 0; i < input.contexts.instances.size(); ++i)
    if (input.contexts.instances[i].root == RootKind::Framework &&
        around.contains(input.contexts.functionOf(InstanceId(i)).index()))
      return true;
  return false;
}

/// Closed, but not where the run raises. What runs a loop in C++ does not, or
/// is left by what handlers throw, which ends the program.
static bool staysOpenOnError(const RuleInput &input, const LoopLife &life,
                             const Occurrence &made) {
  if (isModule(input, made.instance) || life.closed.empty() || life.isKept() ||
      isOnlyTested(input, made.instance))
    return false;
  FunctionKey maker = input.contexts.functionOf(made.instance);
  auto isHere = [&](const Occurrence &place) {
    return input.contexts.functionOf(place.instance) == maker;
  };
  bool raises = llvm::none_of(life.run, [&](const Occurrence &place) {
    FileId file = input.program.fileOf(place.event->at);
    return input.program.summary(file).language == Language::Cpp;
  });
  return raises && llvm::any_of(life.run, isHere) &&
         llvm::all_of(life.closed, isHere) &&
         llvm::none_of(life.closed,
                       [&](const Occurrence &place) {
                         return isClosedOnTheWayOut(input, place);
                       }) &&
         !isFrameworks(input, made.instance);
}

/// Why \p life is not closed; empty where it is, or may be.
static std::string whyUnclosed(const RuleInput &input, const Threads &threads,
                               const LoopLife &life, const Occurrence &made) {
  // Made where the thread has none, for whoever asks next: the thread keeps it.
  if (asksForCurrent(input, made.instance) &&
      hasEventIn(life.installed, made.instance))
    return "";
  bool isStopped = !life.stopped.empty();
  // In C++ a run ends when nothing is left to do.
  bool ends = isCppName(made.event->api->name) && !life.closed.empty();
  bool runsOn = life.runsForever() && !isStopped && !ends;
  if (life.isInModule || life.isInContainer) {
    bool isScripts = isModule(input, made.instance) &&
                     input.contexts[made.instance].root == RootKind::Script;
    bool endsHere =
        isScripts && !life.isInContainer && life.closed.empty() &&
        !life.run.empty() && !life.runsForever() &&
        contains(input, input.contexts[made.instance].outcome.loops.open,
                 life.loop);
    return endsHere ? "the script ends without closing it" : "";
  }
  if (life.isInField)
    return life.closed.empty() && isStopped ? "it is stopped and never closed"
                                            : "";
  if (life.isInClosure && (!life.closed.empty() || life.runsForever() ||
                           !hasEventIn(life.run, made.instance)))
    return "";
  bool isModules = isModule(input, made.instance);
  if (!runsOn && !isModules && endsOpen(input, threads, life, made.instance))
    return "its function returns without closing it";
  if (staysOpenOnError(input, life, made))
    return "it is not closed where its run raises";
  return "";
}

std::vector<UnclosedLoop>
rules::unclosedLoops(const RuleInput &input, const Threads &threads,
                     const std::vector<LoopLife> &lives) {
  llvm::DenseSet<std::uint32_t> released;
  for (const Instance &instance : input.contexts.instances)
    for (ObjectId loop : certainLoops(input, instance.outcome.loops.released))
      released.insert(loop.index());
  llvm::DenseSet<std::uint32_t> stale;
  for (const StaleLoop &known : staleLoops(input, threads))
    stale.insert(known.loop.index());
  std::vector<UnclosedLoop> unclosed;
  for (const LoopLife &life : lives) {
    bool isGivenAway =
        life.closed.empty() && released.contains(life.loop.index());
    if (isGivenAway || stale.contains(life.loop.index()))
      continue;
    for (const Occurrence &made : life.made) {
      if (made.event->handled == Handled::Expected)
        continue;
      std::string why = whyUnclosed(input, threads, life, made);
      if (why.empty())
        continue;
      unclosed.push_back({&life, made, std::move(why)});
      break;
    }
  }
  return unclosed;
}

//===----------------------------------------------------------------------===//
// Loops that refuse to be closed
//===----------------------------------------------------------------------===//

/// What is seen to end the occupation of loops.
static bool mayBeVacated(const RuleInput &input, ObjectId loop, AtomId by) {
  const Atoms &atoms = input.contexts.atoms;
  bool isVacated = false;
  forEachEvent(input, EffectKind::Vacates, [&](InstanceId, const Event &event) {
    isVacated |= llvm::is_contained(atoms.members(event.subject), by) ||
                 llvm::any_of(atoms.members(event.subject), [&](AtomId id) {
                   return atoms[id].kind != AtomKind::Object;
                 });
    if (event.subject == atoms.emptySet())
      isVacated |= event.loops == atoms.emptySet() ||
                   contains(input, event.loops, loop) ||
                   atoms.mayBeAnything(event.loops);
  });
  return isVacated;
}

/// Closed while an object occupies them that nothing ever takes away.
static void findBusy(const RuleInput &input, Findings &findings) {
  const Atoms &atoms = input.contexts.atoms;
  std::map<std::uint32_t, std::pair<AtomId, const Event *>> occupied;
  forEachEvent(
      input, EffectKind::Occupies, [&](InstanceId, const Event &event) {
        llvm::ArrayRef<AtomId> by = atoms.members(event.subject);
        llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
        bool isCertain = by.size() == 1 && loops.size() == 1 &&
                         atoms[by.front()].kind == AtomKind::Object;
        if (isCertain && !mayBeVacated(input, loops.front(), by.front()))
          occupied.try_emplace(loops.front().index(),
                               std::pair(by.front(), &event));
      });
  if (occupied.empty())
    return;
  forEachEvent(
      input, EffectKind::CloseLoop,
      [&](InstanceId instance, const Event &event) {
        llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
        auto found = loops.size() == 1 ? occupied.find(loops.front().index())
                                       : occupied.end();
        if (found == occupied.end())
          return;
        const Event &occupies = *found->second.second;
        std::string api = displayName(*event.api);
        Finding finding = makeFinding(
            input, 401, instance, event,
            llvm::formatv("`{0}` does not close the loop: what `{1}` has put "
                          "on it is never taken away",
                          api, displayName(*occupies.api)),
            llvm::formatv("`{0}` refuses", api));
        finding.witness.insert(
            finding.witness.begin(),
            {placeOf(input, occupies.at),
             llvm::formatv("`{0}` keeps the loop from being closed",
                           displayName(*occupies.api))});
        findings.push_back(std::move(finding));
      });
}

Findings rules::checkUnclosedLoop(const RuleInput &input) {
  Findings findings;
  findBusy(input, findings);
  std::vector<LoopLife> lives = loopLives(input);
  if (lives.empty())
    return findings;
  Threads threads(input);
  for (const UnclosedLoop &unclosed : unclosedLoops(input, threads, lives)) {
    const Event &made = *unclosed.made.event;
    std::string api = displayName(*made.api);
    Finding finding = makeFinding(
        input, 401, unclosed.made.instance, made,
        llvm::formatv(
            "the loop that `{0}` makes is not closed on every path{1}", api,
            isOfPython(made) ? ": ResourceWarning: unclosed event loop" : ""),
        llvm::formatv("`{0}` makes a loop", api));
    const std::vector<Occurrence> &ends = unclosed.life->stopped.empty()
                                              ? unclosed.life->run
                                              : unclosed.life->stopped;
    if (!ends.empty())
      finding.witness.push_back(
          {placeOf(input, ends.back().event->at),
           llvm::formatv("after `{0}`, {1}",
                         displayName(*ends.back().event->api), unclosed.why)});
    findings.push_back(std::move(finding));
  }
  return findings;
}
