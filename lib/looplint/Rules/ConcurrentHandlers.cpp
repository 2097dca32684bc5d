//===- ConcurrentHandlers.cpp - one loop, several threads -----------------===//
//
// A loop that several threads run, or a pool, calls two of its handlers at
// once, unless one begins only when the other has ended. So an object that is
// not made for several threads is for one chain of handlers, or for handlers
// that something keeps apart: an executor of the program's own, or a lock.
//
// It is proved where one execution starts two chains, both of which use the
// object. An object of the analysis stands for all that one place makes, so a
// chain is not followed into code that makes another one.
//
//===----------------------------------------------------------------------===//

#include "ConcurrentHandlers.h"

#include "Apart.h"
#include "Brackets.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

// Chains start at most so many calls below the code that starts both.
static constexpr unsigned deepestStart = 6;

// What models call the number of a pool's threads.
static constexpr llvm::StringLiteral threadsField = "<threads>";

namespace {
/// An operation of an instance, and a handler that it has the loop call later.
struct Start {
  OperationKey at;
  InstanceId handler;
  bool isDirect = false; // no call of the program comes between
};

/// What calls handlers here: the loop that runs, or the pool whose thread it
/// is.
ObjectId servedLoop(const ExecutionContext &context) {
  return context.running == Running::Yes ? context.runningLoop
         : context.isWorker()            ? context.currentLoop
                                         : ObjectId();
}

class HandlerPairs {
public:
  HandlerPairs(const RuleInput &input, const Threads &threads, ObjectId loop)
      : input(input), contexts(input.contexts), threads(threads), loop(loop),
        guarded(functionsWithGuards(input)) {}

  bool isServedByThreads() const;
  void examine(AtomId object, llvm::ArrayRef<Occurrence> uses,
               Findings &findings) const;

private:
  /// The instances in which an object is made, and those that call them.
  struct Makers {
    llvm::BitVector instances;
    bool isOne = true;      // one call after the other leads to the place,
    bool isOfOwner = false; // … from where the owner of some code is made,
    bool isOnce = true;     // … or is all that ever leads there
  };

  bool isOnLoop(InstanceId id) const;
  bool isRunByThreads() const;
  bool hasThreads() const;
  bool initialisesOwner(FunctionKey function, FunctionKey user) const;
  Makers makersOf(OperationKey site, FunctionKey user) const;
  bool isMadeBefore(const Makers &makers, OperationKey site, InstanceId id,
                    OperationKey at) const;
  bool areOfThis(InstanceId id, const Start &first, const Start &second) const;
  bool isOneObject(const Makers &makers, InstanceId id, const Start &first,
                   const Start &second) const;
  void addStarts(InstanceId id, OperationKey at, unsigned depth,
                 std::vector<Start> &starts) const;
  std::vector<Start> startsOf(InstanceId id) const;
  const Occurrence *useIn(InstanceId handler, const Makers &makers,
                          llvm::ArrayRef<Occurrence> uses) const;
  bool isLocked(const Occurrence &use) const;
  void report(const Occurrence &first, const Occurrence &second,
              Findings &findings) const;

  const RuleInput &input;
  const Contexts &contexts;
  const Threads &threads;
  ObjectId loop;
  std::set<FunctionKey> guarded; // that take a lock by an object
};
} // namespace

//===----------------------------------------------------------------------===//
// The loop
//===----------------------------------------------------------------------===//

/// Whether the function initialises objects of the class that \p user is a
/// method of, or stands in one of.
bool HandlerPairs::initialisesOwner(FunctionKey function,
                                    FunctionKey user) const {
  auto [owner, name] = input.program.displayName(function).rsplit('.');
  llvm::StringRef used = input.program.displayName(user);
  return name.starts_with(language::initialiser) &&
         used.size() > owner.size() && used.starts_with(owner) &&
         used[owner.size()] == '.';
}

HandlerPairs::Makers HandlerPairs::makersOf(OperationKey site,
                                            FunctionKey user) const {
  Makers makers{
      llvm::BitVector(static_cast<unsigned>(contexts.instances.size()))};
  FunctionKey function = functionAround(input, site);
  struct Step {
    InstanceId id;
    bool isAbove; // what makes the owner is of no concern to it
  };
  llvm::SmallVector<Step, 16> open;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i] &&
        contexts.functionOf(InstanceId(i)) == function) {
      makers.instances.set(i);
      open.push_back({InstanceId(i), false});
    }
  std::map<FunctionKey, OperationKey> calls;
  makers.isOnce = !isInLoop(input.program, site);
  while (!open.empty()) {
    auto [id, isAbove] = open.pop_back_val();
    FunctionKey callee = contexts.functionOf(id);
    bool isOwners = user && initialisesOwner(callee, user);
    makers.isOfOwner |= isOwners;
    isAbove |= isOwners;
    makers.isOnce &= contexts[contexts[id].context].running == Running::No;
    threads.forEachCaller(id, [&](InstanceId caller, const Edge &edge) {
      OperationKey &call = calls.try_emplace(callee, edge.at).first->second;
      makers.isOne &= isAbove || call == edge.at;
      makers.isOnce &= call == edge.at && !isInLoop(input.program, edge.at);
      if (!makers.instances.test(caller.index())) {
        makers.instances.set(caller.index());
        open.push_back({caller, isAbove});
      }
    });
  }
  return makers;
}

/// Whether several threads serve it for sure, which is one loop or pool.
bool HandlerPairs::isServedByThreads() const {
  const Object &object = contexts.heap[loop];
  if (!object.site || object.isAmbient || contexts.areSuccessive(loop, loop))
    return false;
  return makersOf(object.site, FunctionKey()).isOnce &&
         (object.isLoop ? isRunByThreads() : hasThreads());
}

/// Whether it is a pool that is not made for one thread.
bool HandlerPairs::hasThreads() const {
  const Object &object = contexts.heap[loop];
  if (!object.type || contexts.atoms[object.type].kind != AtomKind::ApiType)
    return false;
  const ApiType &type = contexts.atoms.apiType(contexts.atoms[object.type]);
  bool isTold = llvm::any_of(type.constructor.effects, [](const Effect &each) {
    return each.kind == EffectKind::Keeps && each.field == threadsField;
  });
  Symbol name = input.program.symbols.find(threadsField);
  CellId field =
      isTold && name ? contexts.heap.existingField(loop, name) : CellId();
  return isTold &&
         (!field ||
          llvm::none_of(contexts.atoms.members(contexts.heap[field].value),
                        [&](AtomId id) {
                          return contexts.atoms[id].kind == AtomKind::Integer &&
                                 contexts.atoms[id].a < 2;
                        }));
}

/// Whether two threads run the loop.
bool HandlerPairs::isRunByThreads() const {
  bool isOnMain = false;
  unsigned workers = 0;
  std::set<OperationKey> starts;
  for (const Occurrence &run : threads.runsOf(loop)) {
    if (certainLoops(input, run.event->loops).size() != 1 ||
        !run.event->effect->forever)
      continue;
    if (!contexts[run.event->context].isWorker()) {
      isOnMain = true;
      continue;
    }
    for (OperationKey start : threads.startPlaces(run))
      if (starts.insert(start).second)
        workers += isInLoop(input.program, start) ? 2 : 1;
  }
  return workers + (isOnMain ? 1 : 0) > 1;
}

//===----------------------------------------------------------------------===//
// Chains
//===----------------------------------------------------------------------===//

bool HandlerPairs::isOnLoop(InstanceId id) const {
  return servedLoop(contexts[contexts[id].context]) == loop;
}

void HandlerPairs::addStarts(InstanceId id, OperationKey at, unsigned depth,
                             std::vector<Start> &starts) const {
  for (const Edge &edge : contexts[id].edges) {
    OperationKey place = at ? at : edge.at;
    if (edge.kind == EdgeKind::Schedules && isOnLoop(edge.to))
      starts.push_back({place, edge.to, depth == 0});
    else if (isOnStack(input, id, edge) && depth < deepestStart)
      addStarts(edge.to, place, depth + 1, starts);
  }
}

std::vector<Start> HandlerPairs::startsOf(InstanceId id) const {
  std::vector<Start> starts;
  addStarts(id, OperationKey(), 0, starts);
  return starts;
}

/// Whether a function that leads to the use, in the same handler, has a guard.
bool HandlerPairs::isLocked(const Occurrence &use) const {
  llvm::SmallVector<InstanceId, 8> open{use.instance};
  llvm::BitVector seen(static_cast<unsigned>(contexts.instances.size()));
  seen.set(use.instance.index());
  bool isLocked = false;
  while (!open.empty() && !isLocked) {
    InstanceId id = open.pop_back_val();
    isLocked = guarded.count(contexts.functionOf(id)) != 0;
    threads.forEachCaller(id, [&](InstanceId caller, const Edge &) {
      if (!seen.test(caller.index())) {
        seen.set(caller.index());
        open.push_back(caller);
      }
    });
  }
  return isLocked;
}

/// The object's nearest use in the chain that begins with the handler; null for
/// none.
const Occurrence *HandlerPairs::useIn(InstanceId handler, const Makers &makers,
                                      llvm::ArrayRef<Occurrence> uses) const {
  llvm::BitVector seen(static_cast<unsigned>(contexts.instances.size()));
  std::vector<InstanceId> queue{handler};
  seen.set(handler.index());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    InstanceId id = queue[next];
    if (makers.instances.test(id.index()) || !isOnLoop(id))
      continue;
    auto use = llvm::find_if(
        uses, [&](const Occurrence &each) { return each.instance == id; });
    if (use != uses.end())
      return use;
    for (const Edge &edge : contexts[id].edges)
      if (!seen.test(edge.to.index())) {
        seen.set(edge.to.index());
        queue.push_back(edge.to);
      }
  }
  return nullptr;
}

/// Whether both begin with a method of the object that the code belongs to, or
/// with what that code hands over itself: so both chains are about that object.
bool HandlerPairs::areOfThis(InstanceId id, const Start &first,
                             const Start &second) const {
  FunctionKey key = contexts.functionOf(id);
  const Summary &summary = input.program.summary(input.program.fileOf(key));
  auto isOfThis = [&](const Start &start) {
    const Operation &op = input.program.operation(start.at);
    if (start.isDirect || op.kind != OperationKind::Call || !op.value)
      return start.isDirect;
    const Value &callee = behindType(summary, op.value);
    if (callee.kind != ValueKind::Attribute)
      return false;
    const Value &receiver = behindType(summary, ValueId(callee.a));
    return (receiver.kind == ValueKind::Local && receiver.a == 0) ||
           (receiver.kind == ValueKind::Outer && receiver.b == 0);
  };
  return isOfThis(first) && isOfThis(second);
}

void HandlerPairs::report(const Occurrence &first, const Occurrence &second,
                          Findings &findings) const {
  std::string api = displayName(*second.event->api);
  bool isPool = !contexts.heap[loop].isLoop;
  Finding finding = makeFinding(
      input, 501, second.instance, *second.event,
      llvm::formatv("`{0}` uses an object that another handler may be using: "
                    "several threads {1}, and nothing keeps these handlers "
                    "apart",
                    api, isPool ? "belong to the pool" : "run the loop"),
      llvm::formatv("`{0}` is called by a handler that does not wait for the "
                    "other one",
                    api));
  finding.confidence = std::min(finding.confidence, Confidence::Likely);
  finding.witness.insert(finding.witness.begin(),
                         {placeOf(input, first.event->at),
                          llvm::formatv("`{0}` is called by one handler",
                                        displayName(*first.event->api))});
  for (const Occurrence &run : threads.runsOf(loop))
    if (contexts[run.event->context].isWorker()) {
      finding.witness.insert(
          finding.witness.begin(),
          {placeOf(input, run.event->at),
           llvm::formatv("`{0}` runs the loop on one of several threads",
                         displayName(*run.event->api))});
      break;
    }
  findings.push_back(std::move(finding));
}

/// Whether the object is there before the operation: the code makes it earlier,
/// or not at all.
bool HandlerPairs::isMadeBefore(const Makers &makers, OperationKey site,
                                InstanceId id, OperationKey at) const {
  if (!makers.instances.test(id.index()))
    return true;
  if (functionAround(input, site) == contexts.functionOf(id))
    return comesBefore(input.program, site, at);
  return llvm::all_of(contexts[id].edges, [&](const Edge &edge) {
    return !isOnStack(input, id, edge) ||
           !makers.instances.test(edge.to.index()) ||
           comesBefore(input.program, edge.at, at);
  });
}

/// Whether both chains are about one object, whatever else the place makes.
bool HandlerPairs::isOneObject(const Makers &makers, InstanceId id,
                               const Start &first, const Start &second) const {
  if (makers.isOnce)
    return true;
  return makers.isOne && makers.isOfOwner && areOfThis(id, first, second);
}

void HandlerPairs::examine(AtomId object, llvm::ArrayRef<Occurrence> uses,
                           Findings &findings) const {
  OperationKey site = contexts.heap[ObjectId(contexts.atoms[object].a)].site;
  if (!site ||
      llvm::any_of(uses, [&](const Occurrence &use) { return isLocked(use); }))
    return;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    InstanceId id(i);
    std::vector<Start> starts;
    if (contexts.isReached[i])
      starts = startsOf(id);
    if (starts.size() < 2)
      continue;
    Makers makers = makersOf(site, contexts.functionOf(id));
    for (const Start &first : starts)
      for (const Start &second : starts) {
        bool areBoth = first.handler != second.handler &&
                       comesBefore(input.program, first.at, second.at) &&
                       isMadeBefore(makers, site, id, first.at) &&
                       isOneObject(makers, id, first, second);
        if (!areBoth)
          continue;
        const Occurrence *use = useIn(first.handler, makers, uses);
        const Occurrence *other =
            use ? useIn(second.handler, makers, uses) : nullptr;
        if (other)
          return report(*use, *other, findings);
      }
  }
}

void rules::findConcurrentHandlers(const RuleInput &input,
                                   const Threads &threads, Findings &findings) {
  // By loop, then by object: who uses it there.
  std::map<std::uint32_t, std::map<std::uint32_t, std::vector<Occurrence>>>
      used;
  forEachEvent(input, EffectKind::LoopAffine,
               [&](InstanceId instance, const Event &event) {
                 bool isObject = event.isUse && event.receiver &&
                                 input.contexts.atoms[event.receiver].kind ==
                                     AtomKind::Object &&
                                 event.confidence == Confidence::Definite;
                 if (isObject)
                   used[servedLoop(input.contexts[event.context]).index()]
                       [event.receiver.index()]
                           .push_back({instance, &event});
               });
  for (const auto &[loop, objects] : used) {
    HandlerPairs pairs(input, threads, ObjectId(loop));
    if (!pairs.isServedByThreads() || keepsHandlersApart(input, ObjectId(loop)))
      continue;
    for (const auto &[object, uses] : objects)
      pairs.examine(AtomId(object), uses, findings);
  }
}
