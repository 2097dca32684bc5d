//===- Effect.h - what a library's functions do to loops and threads ------===//
//
// The vocabulary that models are written in (docs/models.md explains each verb
// with its TOML). Plain data: the reader of TOML fills it, Context interprets
// it, rules look at the kind.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_MODELS_EFFECT_H
#define LOOPLINT_MODELS_EFFECT_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace looplint {

/// A Python version, 3.11 as 311; 0 where a model names none.
using Version = std::uint16_t;

enum class EffectKind : std::uint8_t {
#define EFFECT(Name, spelling, description) Name,
#include "looplint/Models/Effects.def"
};

inline constexpr std::size_t effectKinds = 0
#define EFFECT(Name, spelling, description) +1
#include "looplint/Models/Effects.def"
    ;

/// `current_loop`, `new_loop`, …: as models spell it.
llvm::StringRef spelling(EffectKind kind);

/// Names a value at a call of a modelled function.
struct Reference {
  enum Kind : std::uint8_t {
    Nothing,
    Parameter,       // "coro": the argument bound to that parameter
    ParameterField,  // "watcher.cb": what is stored in its field
    PackedRest,      // "*args": the rest parameter's arguments as one tuple
    LibraryFunction, // "pkg::call": a function of C++ that models describe
    Receiver,        // "self"
    ReceiverField,   // "self.loop": a field stored at construction, or `run`,
                     // a method that the receiver's class may override;
                     // "self.do_*": all methods of such names
    FreshLoop,       // "fresh": a loop made for this call and closed after it
    CurrentLoop,     // "current": the thread's current loop, made if need be
    RunningLoop,     // "running": the loop that runs this code
    OwnLoop,         // "own": the receiver's own loop, on whatever thread
    MainLoop,        // "main": the application's loop
    DefaultLoop, // "default": the one that the library makes for the process
    HostLoop,    // "host": one that is run by what is no part of the program
  };
  Kind kind = Nothing;
  std::string name; // of the parameter, the field or the function

  explicit operator bool() const { return kind != Nothing; }
};

/// On which thread, and under which loop, a callable is run.
enum class Place : std::uint8_t {
  Unspecified,
  Same,    // the calling thread, before or after the call returns
  Worker,  // a thread without a loop
  Loop,    // the loop that `loop` names (default: the current one)
  Main,    // the main thread, no loop running
  Program, // the main thread of a program that begins there: no loop is set
  Process, // the main thread of another process
  Import,
  Signal,
  AtExit,
  Finalizer,
  FreshLoop,       // a new loop on the calling thread (`asyncio.run` of it)
  WorkerFreshLoop, // a new loop on a worker thread
  Anywhere,        // on any thread, nobody knows which
};

/// What an `invokes` effect is ready to be given.
enum class Accepts : std::uint8_t {
  Sync,              // calls it and drops what it returns
  Both,              // awaits what a coroutine function returns
  CoroutineFunction, // refuses or breaks on a plain function
  CoroutineObject,   // an awaitable, not a callable
  Any,               // hands on what it returns, a coroutine too
};

/// What a `tests` effect tells about the place the code runs in.
enum class TestSubject : std::uint8_t {
  RunningLoop,       // a loop runs on this thread
  LoopRunning,       // the loop `of` is running (on whatever thread)
  LoopClosed,        // the loop `of` is closed
  LoopThread,        // this thread is the one that runs the loop `of`
  MainThread,        // this thread is the main thread
  Done,              // the future or thread `of` has finished
  CoroutineFunction, // `of` is a coroutine function
  Coroutine,         // `of` is a coroutine object
  Awaitable,         // `of` can be awaited
  Callable,          // `of` can be called
  Empty,             // `of` has nothing to give; else nobody waits for it
  Alive,             // the thread or process `of` has not ended
  PythonBelow,       // said by conditions alone: an older version runs this
  PythonFrom,        // … or that version, or a later one
};

enum class TestForm : std::uint8_t {
  True,   // the call's result is true exactly when the subject holds
  Raises, // the call raises RuntimeError when it does not hold
  None,   // the call returns None when it does not hold
};

enum class Reentry : std::uint8_t {
  Raises,
  Hangs,
  Aborts,
  ReturnsError,
  Undefined,
  Nests, // other handlers run in the middle of this one
  Allowed,
};

/// What becomes of the lock that a thread needs to run Python.
enum class InterpreterChange : std::uint8_t {
  None,
  Held,
  Free,
  Restored, // as it was before the last change that is still in force
};

/// What a call has to do with the cache of a loader.
enum class CacheUse : std::uint8_t {
  Keeps,   // makes a loader that remembers what it has loaded
  Answers, // from the cache, where it knows the answer
  Empties,
};

/// For how long a closure lives that is given to a library.
enum class ClosureLife : std::uint8_t {
  Kept,      // at least until what its coroutine does is done
  Call,      // until it has returned, which it does when its coroutine waits
  Statement, // what it is given to refers to the caller's
};

/// A condition on the arguments; an effect holds when all of its conditions do.
struct Condition {
  enum Kind : std::uint8_t {
    Present,
    Absent,
    IsNone,  // `None`, or left out
    IsGiven, // neither
    IsTrue,
    IsFalse,
    IsCoroutine, // a coroutine object
    IsCoroutineFunction,
    IsPlainFunction, // a callable that is no coroutine function
    IsType,
    IsNoType,
    IsValue, // an enumerator or another named value of a library
    IsText,  // a text that is known, and is this one
    IsNoText,
    IsNumber, // a number that is known, and is this one
    IsNoNumber,
  };
  std::string parameter; // "self.flags": a field of the receiver
  Kind kind = Present;
  std::string name; // of the type, the value, the text or the number
};

/// Stands for a type that models do not describe.
inline constexpr llvm::StringLiteral anyType = "any";

struct Effect {
  EffectKind kind{};
  llvm::SmallVector<Condition, 1> conditions;

  /// The loop spoken of: new_loop (left out: what is returned or constructed),
  /// run_loop, set_loop, close_loop, stop_loop, invokes (on = loop), waits_for,
  /// tests, arms, loop_affine, keeps (in place of the subject). entry on the
  /// main thread: a loop that is set there and does not run.
  Reference loop;
  /// run_loop: the coroutine object that is driven. tests: the subject.
  /// keeps: what is stored. set_policy: the policy. locks, unlocks: the lock.
  /// retired: the parameter that goes; none where the whole function does.
  Reference subject;
  /// invokes, run_loop: the callable, and where its arguments come from.
  /// `arguments` is a tuple-valued parameter or the rest parameter; `passed`
  /// are single ones, in place of that.
  Reference callable;
  Reference arguments;
  std::vector<Reference> passed;
  Reference keywords;
  /// invokes: the object that a member function of C++ is called on.
  Reference receiver;
  /// invokes, entry: the types of what the library passes itself, before
  /// `arguments`; `anyType` where nothing is known of one.
  std::vector<std::string> gives;
  /// invokes: the type whose hook of the callable's name is given the same, in
  /// place of `gives`.
  std::string givesOf;
  /// invokes: what a parameter is declared to be is passed even where it has
  /// the default None.
  bool byName = false;
  /// invokes: where the callable is left out, it is the type that the parameter
  /// is declared to have which the call is the default of.
  bool orDeclared = false;

  // current_loop
  bool needsRunning = false; // `running`: raises unless a loop runs here
  Version raisesSince = 0;   // `policy`: from here on it makes no loop
  Version deprecated = 0;    // retired: below `raisesSince`, its end
  /// run_loop: what it leaves as the thread's current loop.
  bool leavesNoCurrentLoop = false;
  bool forever = false;
  /// run_loop: the loop does nothing more until it is restarted.
  bool exhausts = false;
  Reentry reentry = Reentry::Raises;
  /// set_loop: until it is taken back, which `subject` of another one names.
  bool pushes = false;
  /// loop_affine: not where threads were provided for before the loop was made.
  bool unlessShared = false;

  // invokes, entry
  Place on = Place::Unspecified;
  Place syncOn = Place::Unspecified; // plain functions, where it differs
  Accepts accepts = Accepts::Sync;
  bool later = false;    // not before the call has returned
  bool repeated = false; // possibly on several threads at a time
  /// invokes: a plain function stays there, whoever is given it later.
  bool pins = false;
  /// invokes: it tells that objects of these types are done, so no method of
  /// theirs has to wait in the callable.
  std::vector<std::string> announces;
  /// invokes: an argument more that makes the callable find the interpreter's
  /// lock free.
  std::string frees;
  ClosureLife closure = ClosureLife::Kept; // invokes: of `callable`
  /// A test of the project calls it: what it lets through would have been seen.
  bool isTest = false;
  /// invokes on a worker: run there once before the first job.
  Reference initializer;

  /// interpreter_lock. invokes: how the callable finds it.
  InterpreterChange interpreter = InterpreterChange::None;

  // tests
  TestSubject test{};
  TestForm form = TestForm::True;

  // waits_for, blocks
  Reference timeout;
  bool inMilliseconds = false; // blocks: how `timeout` counts; else seconds
  std::string category;        // blocks
  std::string twin;            // blocks, loop_affine: the right call's spelling
  std::string offload;
  bool optIn = false; // `tier = "opt-in"`

  // loop_bound
  /// Whether instances take their loop when they are made, on that version.
  bool bindsAtConstruction(Version target) const {
    return atConstruction && (until == 0 || target < until);
  }
  bool atConstruction = true;
  /// loop_bound: bound at construction only below this version.
  /// current_loop: needed only below this version.
  Version until = 0;

  CacheUse cache = CacheUse::Keeps; // caches
  /// arms: what was armed on this thread has its turn, without a loop.
  bool servesArmed = false;

  /// keeps: what `subject` contains is stored, not itself.
  bool keepsElements = false;
  /// keeps: what the call's `invokes` gave is stored.
  bool keepsResult = false;
  /// keeps: where, and in which field; left out: as an element. "{name}" is the
  /// field that the text in a parameter names, "{each.name}" the one that the
  /// text in a field of the element itself does.
  Reference holder;
  std::string field;
};

} // namespace looplint

#endif // LOOPLINT_MODELS_EFFECT_H
