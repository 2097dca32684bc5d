//===- Contexts.h - what runs where, and the proof of it ------------------===//
//
// The result of the analysis. An instance is one function of the program, with
// certain arguments, in one context. Its edges say what it calls or hands over,
// its events which effects of libraries take place in it. A witness is a path
// of edges from a root to an instance.
//
// Read-only once inferContexts() has returned, and thread-safe then.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_CONTEXT_CONTEXTS_H
#define LOOPLINT_CONTEXT_CONTEXTS_H

#include "looplint/Context/ExecutionContext.h"
#include "looplint/Context/Heap.h"
#include "looplint/Context/Witness.h"
#include "looplint/Support/StableVector.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

#include <array>
#include <memory>

namespace looplint {

/// One function with certain arguments and captured variables, in any context.
struct Frame {
  FunctionKey function;
  FrameId parent;       // of the function it is defined in
  SequenceId arguments; // one set for each parameter
  /// Of captured variables.
  llvm::SmallDenseMap<std::uint32_t, CellId, 4> cells;
};

enum class EdgeKind : std::uint8_t {
  Call,      // calls it, on the same thread, now
  Awaits,    // awaits it, on the same loop
  Drives,    // runs a loop until the coroutine is done
  Invokes,   // a library calls it here, before the call returns
  Schedules, // a library calls it later, or elsewhere
  Imports,
  Defines, // a class or function is defined that a framework calls
};

/// What happened to loops on the way to a place, or during a call: sets of
/// loops, on whatever thread.
struct LoopHistory {
  SetId made = SetId(0);
  SetId run = SetId(0);
  /// Made and not closed; and other duties (see Heap.h). In an outcome: by the
  /// call, where it returns.
  SetId open = SetId(0);
  /// Closed, or given to code that nobody knows. And functions that have waited
  /// for another thread.
  SetId released = SetId(0);

  friend bool operator==(const LoopHistory &, const LoopHistory &) = default;
};

/// A lock that is taken on every way to a place.
struct Hold {
  /// What gives it back besides a call that says so.
  enum Ending : std::uint8_t {
    Explicit, // nothing
    Block,    // the end of the `with`, however it is left
    Object,   // the end of the object's life
    Handed,   // … where the object came from a call
  };

  AtomId lock;
  OperationKey at; // what takes it, in the function that holds it
  const Effect *effect = nullptr;
  const ApiFunction *api = nullptr;
  Confidence confidence = Confidence::Definite;
  Ending ending = Explicit;
  /// How many brackets were open; not compared between functions.
  std::uint16_t depth = 0;

  friend bool operator==(const Hold &, const Hold &) = default;
};

using Holds = llvm::SmallVector<Hold, 0>;

/// Whether an enclosing `try` or `with` catches what a missing or running loop
/// raises.
enum class Handled : std::uint8_t {
  No,
  Broadly,  // `except Exception`, a bare `except`
  ByName,   // `except RuntimeError`
  Expected, // `with raises(…)`: it is there to see what goes wrong
};

struct Edge {
  InstanceId to;
  OperationKey at;
  EdgeKind kind = EdgeKind::Call;
  Confidence confidence = Confidence::Definite;
  /// The library function that runs it, if one does.
  const ApiFunction *api = nullptr;
  Handled handled = Handled::No;
  /// The callee came in through a parameter of the caller.
  bool throughParameter = false;
  /// Taken or not by a state of some object that is not known; such states
  /// tell, among other things, whether a loop runs.
  bool isGuarded = false;
  /// Only versions below this one come here; 0 for any.
  Version versionsBelow = 0;
  /// A test of the project is called.
  bool isTest = false;
  /// Loops that ran before, as far as the caller knows.
  SetId ranBefore = SetId(0);
  /// What was open and released before the call, in the caller.
  SetId open = SetId(0), released = SetId(0);
};

/// Why an instance is a root of the program.
enum class RootKind : std::uint8_t {
  None,
  Script,         // a module that nobody imports
  Initialisation, // a file of C++, before its program's main
  Main,           // main of a program in C++
  ConsoleScript,  // what a command calls that the project installs
  Coroutine,      // a coroutine whose driver is not part of the program
  Framework,      // called by a framework
  UnknownCaller,  // anybody may call it: proves nothing
};

/// An effect of a library function, taking place.
struct Event {
  const Effect *effect = nullptr;
  const ApiFunction *api = nullptr;
  OperationKey at;
  ContextId context;
  Handled handled = Handled::No;
  Confidence confidence = Confidence::Definite;
  bool isGuarded = false; // see Edge
  SetId loops;            // the effect's loop
  SetId subject;          // what it drives, tests, waits for or works with
  /// The object whose method takes place; invalid where there is none.
  AtomId receiver;
  /// LoopBound: the object is used, after it was made.
  bool isUse = false;
  /// LoopAffine, WaitsFor: loops that ran before, as far as the function knows.
  SetId ranBefore = SetId(0);
  /// Locks: where the coroutine is suspended while the lock is held.
  OperationKey suspension;
  /// RunLoop: what was open and released before, in the function. LoopAffine:
  /// the latter.
  SetId open = SetId(0), released = SetId(0);
};

/// A value given to a library that will call it (or await it).
struct Handover {
  const Effect *effect = nullptr; // of kind Invokes or Entry
  const ApiFunction *api = nullptr;
  OperationKey at;
  /// Where the hand-over is a method that the framework calls by its name.
  FunctionKey hook;
  ContextId context;
  AtomId value;
  Place place = Place::Unspecified;
  Confidence confidence = Confidence::Definite;
  /// The argument is written as a call at the hand-over itself.
  bool isCallResult = false;
  Handled handled = Handled::No;
};

/// The result of a call that has to be awaited or kept, and is not.
struct Loss {
  enum Kind : std::uint8_t {
    Dropped,   // an expression statement
    Tested,    // asked whether it is true
    Compared,  // … or equal, or None
    Converted, // to a text, a truth value, a number
    Computed,  // part of a text or of an operation
    Iterated,  // by a `for`, not an `async for`
    Unread,    // bound to a variable; lost where that is never read
  };
  Kind kind = Dropped;
  OperationKey at; // the call
  SetId value;
  ContextId context;
  Handled handled = Handled::No;
  /// What the call returns may be something else as well.
  bool mayBeOther = false;
  /// The function, where what is lost is the future of one that has begun.
  FunctionKey begun;
};

/// A call, on a running loop, of a function that has an async form.
struct TwinCall {
  OperationKey at;
  FunctionKey called;
  FunctionKey twin;
  Symbol name; // that it is called by
};

/// A timer that waits for its loop.
struct ArmedTimer {
  OperationKey at;
  ObjectId loop;
  const ApiFunction *api = nullptr;
  /// On some way the loop had a turn since: a loop whose body waits may go
  /// round, so nothing is proved of the way that leaves it at once.
  bool isServed = false;

  friend bool operator==(const ArmedTimer &, const ArmedTimer &) = default;
};

/// What a call of the instance does to its caller.
struct Outcome {
  SetId value = SetId(0);
  SetId yielded = SetId(0);
  /// The context that it leaves behind.
  ContextId exit;
  bool returns = false;
  /// It asks for the running loop, and so raises where none runs.
  bool testsLoop = false;
  /// It runs some loop, on some way.
  bool runsLoop = false;
  llvm::SmallVector<ArmedTimer, 0> armed;
  /// Futures made since the thread's loop last had a turn.
  llvm::SmallVector<AtomId, 0> pending;
  LoopHistory loops;
  /// Locks that are taken on every way out, and those given back on one.
  Holds held;
  llvm::SmallVector<AtomId, 0> unlocked;
  /// A generator's, where it first yields: what a `with` on it holds.
  Holds heldAtYield;
  /// A coroutine's: it may be suspended.
  bool suspends = false;

  friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// What the calls of a function amount to.
struct Shape {
  bool drivesCoroutine = false;
  bool makesCoroutine = false;
  bool runsLoop = false; // itself, instead of giving the coroutine to one
  bool doesMore = false;

  /// It does nothing but make a coroutine and have a loop run it.
  bool isWrapper() const {
    return drivesCoroutine && makesCoroutine && !doesMore;
  }
};

struct Instance {
  FrameId frame;
  ContextId context;
  RootKind root = RootKind::None;
  /// A framework's root: what it is called by.
  const Effect *entry = nullptr;
  Outcome outcome;
  std::vector<Edge> edges;
  std::vector<Event> events;
  std::vector<Handover> handovers;
  std::vector<Loss> losses;
  std::vector<TwinCall> twinCalls;
  std::vector<ArmedTimer> idleTimers;
  Shape shape;
  llvm::SmallVector<InstanceId, 2> dependents;
  enum State : std::uint8_t { Idle, Queued, Running };
  State state = Idle;
  std::uint8_t evaluations = 0;
};

/// Where an effect takes place: the instance, and the position in its events.
struct EventPlace {
  InstanceId instance;
  std::uint32_t event = 0;
};

/// A step towards an instance: the edge and where it starts.
struct PathStep {
  InstanceId from; // invalid at a root
  std::uint32_t edge = 0;
};

struct ContextOptions {
  /// The lowest Python version the program supports.
  Version targetVersion = 310;
  /// By file, where some differ; else empty.
  std::vector<Version> fileVersions;
  /// What the project's commands call, "package.module:function".
  std::vector<std::string> consoleScripts;

  Version versionIn(FileId file) const {
    return fileVersions.empty() ? targetVersion : fileVersions[file.index()];
  }
};

class OwnLoops;

class Contexts {
public:
  Contexts(const Program &program, ContextOptions options)
      : program(program), options(std::move(options)),
        calls(program.operationCount()),
        resolvedCalls(program.operationCount()) {}

  const Program &program;
  const ContextOptions options;
  /// Loop types of the program's own; events refer to what is said of them.
  std::shared_ptr<const OwnLoops> ownLoops;
  Atoms atoms;
  Heap heap;
  StableVector<Frame> frames;
  StableVector<Instance> instances;
  std::vector<ExecutionContext> contexts;
  /// By instance: the last step of the shortest path that proves its context;
  /// `isReached` says whether a root leads there at all.
  std::vector<PathStep> paths;
  std::vector<bool> isReached;
  /// By instance: whether more than the project's own tests leads there.
  std::vector<bool> isReachedWithoutTests;
  /// … and more than cells of notebooks that leave nothing else on their loop.
  std::vector<bool> isReachedBesideOthers;
  /// By kind of effect: where it takes place, in the order of instances. Only
  /// what is reached, here and in the next: rules look for little in much.
  std::array<std::vector<EventPlace>, effectKinds> eventsOfKind;
  /// Instances that give something to a library.
  std::vector<InstanceId> handingOver;
  llvm::DenseSet<std::uint32_t> awaitables;
  /// Attributes that coroutines and futures have themselves.
  llvm::StringSet<> attributesOfAwaitables;
  /// Pairs of loops that one execution makes, the earlier one first. A loop
  /// beside itself: its place makes several.
  llvm::DenseSet<std::pair<std::uint32_t, std::uint32_t>> successiveLoops;
  /// Those of them that are tasks which nobody but the program keeps.
  llvm::DenseSet<std::uint32_t> tasks;
  /// Functions that went through a decorator which nothing is known of.
  llvm::DenseSet<std::uint32_t> wrappedUnknown;
  /// Functions whose calls begin to run them and return a future.
  llvm::DenseSet<std::uint32_t> futures;
  /// By function: it is called by what only versions below that one execute,
  /// and by nothing else.
  llvm::DenseMap<std::uint32_t, Version> calledBelow;
  /// Lambdas that return a coroutine which may have begun to run.
  llvm::DenseSet<std::uint32_t> beginners;
  /// By class: the classes of the program that it derives from directly.
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<ClassKey, 2>> bases;
  /// By operation: calls that were executed at all, and those whose callee was
  /// known at least once.
  llvm::BitVector calls;
  llvm::BitVector resolvedCalls;

  const ExecutionContext &operator[](ContextId id) const {
    return contexts[id.index()];
  }
  const Instance &operator[](InstanceId id) const {
    return instances[id.index()];
  }
  const Frame &frameOf(const Instance &instance) const {
    return frames[instance.frame.index()];
  }
  /// A library made it to be awaited: a future, a task.
  bool isAwaitable(ObjectId id) const {
    return awaitables.contains(id.index());
  }
  /// Whoever reads such an attribute from the result of a call knows what that
  /// is. Any other was meant to be read from what awaiting it gives.
  bool isOfAwaitables(llvm::StringRef attribute) const {
    return attribute.starts_with("_") ||
           attributesOfAwaitables.contains(attribute);
  }
  bool areSuccessive(ObjectId first, ObjectId second) const {
    return successiveLoops.contains({first.index(), second.index()});
  }
  FunctionKey functionOf(InstanceId id) const {
    return frameOf(instances[id.index()]).function;
  }
};

/// Executes the program abstractly, in all contexts that its roots lead to.
Contexts inferContexts(const Program &program, const ModelSet &models,
                       const ContextOptions &options);

/// The witness of \p instance's context: the steps that lead from the place
/// that established it (a thread's start, a coroutine, a script) to the
/// function. The finding's own place is not among them.
std::vector<WitnessStep> witness(const Contexts &contexts, InstanceId instance,
                                 Confidence &confidence);

} // namespace looplint

#endif // LOOPLINT_CONTEXT_CONTEXTS_H
