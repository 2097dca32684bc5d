//===- Describe.cpp - effects in words ------------------------------------===//
//
// The counterpart of ReadEffect.cpp: one function a verb, bound by Effects.def.
//
//===----------------------------------------------------------------------===//

#include "Describe.h"

#include "Spelling.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/Support/raw_ostream.h"

using namespace looplint;
using namespace looplint::models;

static std::string describe(Version version) {
  return std::to_string(version / 100) + "." + std::to_string(version % 100);
}

static std::string describe(Place place, const Reference &loop) {
  switch (place) {
  case Place::Unspecified:
    return "somewhere";
  case Place::Same:
    return "on this thread";
  case Place::Worker:
    return "on a worker thread";
  case Place::Loop:
    return "on " + describe(loop);
  case Place::Main:
    return "on the main thread";
  case Place::Program:
    return "on the main thread of a program";
  case Place::Process:
    return "in another process";
  case Place::Import:
    return "at import";
  case Place::Signal:
    return "in a signal handler";
  case Place::AtExit:
    return "at exit";
  case Place::Finalizer:
    return "in a finalizer";
  case Place::FreshLoop:
    return "on a fresh loop of this thread";
  case Place::WorkerFreshLoop:
    return "on a fresh loop of a worker thread";
  case Place::Anywhere:
    return "on any thread";
  }
  llvm_unreachable("a place without words");
}

namespace {

class EffectPrinter {
public:
  EffectPrinter(const Effect &effect, llvm::raw_ostream &out)
      : effect(effect), out(out) {}

  void print();

private:
#define EFFECT(Name, spelling, description) void print##Name();
#include "looplint/Models/Effects.def"

  void printArguments();
  void printPlace();
  void printTimeout();

  const Effect &effect;
  llvm::raw_ostream &out;
};

} // namespace

//===----------------------------------------------------------------------===//
// What verbs have in common
//===----------------------------------------------------------------------===//

void EffectPrinter::printArguments() {
  if (effect.arguments)
    out << " with " << describe(effect.arguments);
  if (effect.keywords)
    out << (effect.arguments ? " and " : " with ") << describe(effect.keywords);
  if (effect.receiver)
    out << " of " << describe(effect.receiver);
  llvm::StringRef separator = " with ";
  for (const Reference &each : effect.passed) {
    out << separator << describe(each);
    separator = " and ";
  }
}

static llvm::StringRef describe(Accepts accepts, bool looksAtFunction) {
  switch (accepts) {
  case Accepts::Sync:
    return "drops what it returns";
  case Accepts::Both:
    return looksAtFunction ? "awaits a coroutine function"
                           : "awaits what it returns if that can be awaited";
  case Accepts::CoroutineFunction:
    return "takes coroutine functions only";
  case Accepts::CoroutineObject:
    return "takes a coroutine object";
  case Accepts::Any:
    return "hands on what it returns";
  }
  llvm_unreachable("something accepted without words");
}

void EffectPrinter::printPlace() {
  out << ' ' << describe(effect.on, effect.loop);
  if (effect.syncOn != Place::Unspecified)
    out << " (a plain function " << describe(effect.syncOn, effect.loop) << ')';
  if (effect.later)
    out << ", later";
  if (effect.repeated)
    out << ", any number of times";
  if (effect.isTest)
    out << ", in tests";
  if (effect.byName)
    out << ", with what its parameters are declared to be";
  if (!effect.givesOf.empty())
    out << ", with what hooks of its name get in a "
        << quoted(spelled(effect.givesOf));
  llvm::StringRef separator = ", with ";
  for (const std::string &type : effect.gives) {
    out << separator
        << (type == anyType ? "something" : "a " + quoted(spelled(type)));
    separator = " and ";
  }
  out << "; " << describe(effect.accepts, effect.syncOn != Place::Unspecified);
}

void EffectPrinter::printTimeout() {
  if (effect.timeout)
    out << ", at most " << describe(effect.timeout)
        << (effect.inMilliseconds ? " ms" : "");
}

//===----------------------------------------------------------------------===//
// Verbs
//===----------------------------------------------------------------------===//

void EffectPrinter::printCurrentLoop() {
  out << (effect.needsRunning ? "needs a running loop"
                              : "asks for the thread's current loop");
  if (effect.raisesSince)
    out << "; makes none from " << describe(effect.raisesSince) << " on";
  if (effect.until)
    out << "; only below " << describe(effect.until);
}

void EffectPrinter::printNewLoop() { out << "makes " << describe(effect.loop); }

void EffectPrinter::printSetLoop() {
  if (effect.loop)
    out << "makes " << describe(effect.loop) << " the thread's current one"
        << (effect.pushes ? " until it is taken back" : "");
  else if (effect.subject)
    out << "takes " << describe(effect.subject)
        << " back as the thread's current loop";
  else
    out << "leaves the thread without a current loop";
}

void EffectPrinter::printCloseLoop() {
  out << "closes " << describe(effect.loop);
}

void EffectPrinter::printSetPolicy() {
  out << describe(effect.subject) << " hands out loops from here on";
}

void EffectPrinter::printStopLoop() {
  out << "stops " << describe(effect.loop);
}

void EffectPrinter::printRestartLoop() {
  out << "lets " << describe(effect.loop) << " run again";
}

void EffectPrinter::printShareLoops() {
  out << "makes loops safe for all threads that are made from here on";
}

void EffectPrinter::printOccupies() {
  out << describe(effect.subject) << " keeps " << describe(effect.loop)
      << " from being closed";
}

void EffectPrinter::printVacates() {
  out << (effect.subject ? describe(effect.subject)
                         : "what " + describe(effect.loop) + " has")
      << " keeps no loop from being closed any more";
}

static llvm::StringRef describe(Reentry reentry) {
  switch (reentry) {
  case Reentry::Raises:
    return "raises";
  case Reentry::Hangs:
    return "hangs";
  case Reentry::Aborts:
    return "aborts";
  case Reentry::ReturnsError:
    return "returns an error";
  case Reentry::Undefined:
    return "does anything";
  case Reentry::Nests:
    return "runs other handlers in the middle of this one";
  case Reentry::Allowed:
    return "runs inside of it";
  }
  llvm_unreachable("a kind of re-entry without words");
}

void EffectPrinter::printRunLoop() {
  out << "runs " << describe(effect.loop);
  if (effect.subject)
    out << " until " << describe(effect.subject) << " is done";
  if (effect.callable) {
    out << " to call " << describe(effect.callable);
    printArguments();
  }
  if (effect.forever)
    out << " until it is stopped";
  if (effect.exhausts)
    out << ", after which it has to be restarted";
  out << "; where a loop runs already, " << describe(effect.reentry);
  if (effect.leavesNoCurrentLoop)
    out << "; leaves no current loop";
}

void EffectPrinter::printArms() {
  if (effect.servesArmed) {
    out << "lets everything that waits for the thread's loop have its turn";
    return;
  }
  out << "starts timers that fire only while " << describe(effect.loop)
      << " runs";
}

void EffectPrinter::printInvokes() {
  out << "calls " << describe(effect.callable);
  printArguments();
  printPlace();
  if (effect.initializer)
    out << "; calls " << describe(effect.initializer) << " first";
  if (effect.interpreter != InterpreterChange::None)
    out << "; the interpreter's lock is " << describe(effect.interpreter);
  if (effect.raisesSince)
    out << "; takes tasks only from " << describe(effect.raisesSince);
  if (effect.orDeclared)
    out << "; left out, it is the type that is declared";
  if (effect.pins)
    out << "; it stays there, whoever is given it later";
  if (effect.closure == ClosureLife::Call)
    out << "; a closure is gone when it has returned";
  if (effect.closure == ClosureLife::Statement)
    out << "; a closure is not kept behind the statement";
  for (llvm::StringRef type : effect.announces)
    out << "; no `" << spelled(type) << "` makes anybody wait there";
}

void EffectPrinter::printWaitsFor() {
  out << "blocks until " << describe(effect.loop) << " has done the work";
  printTimeout();
}

void EffectPrinter::printTests() {
  static constexpr llvm::StringLiteral forms[] = {
      "tells whether ", "raises unless ", "returns None unless "};
  out << forms[static_cast<std::size_t>(effect.form)];
  if (effect.subject)
    out << describe(effect.subject) << ' ';
  out << describe(effect.test);
}

void EffectPrinter::printBlocks() {
  out << "blocks (" << effect.category << ')';
  printTimeout();
  if (!effect.twin.empty())
    out << "; the async form is " << quoted(effect.twin);
  if (!effect.offload.empty())
    out << "; off the loop with " << quoted(effect.offload);
  if (effect.optIn)
    out << "; reported on demand only";
}

void EffectPrinter::printLoopAffine() {
  out << "only on the thread of " << describe(effect.loop);
  if (!effect.twin.empty())
    out << "; elsewhere " << quoted(effect.twin);
  if (effect.unlessShared)
    out << "; on any thread where loops are shared";
}

void EffectPrinter::printLoopBound() {
  out << "belongs to " << describe(effect.loop) << " from "
      << (effect.atConstruction ? "construction" : "its first use") << " on";
  if (effect.until)
    out << "; from " << describe(effect.until) << " on since its first use";
}

void EffectPrinter::printCoroutine() {
  out << "has to be awaited";
  if (effect.needsRunning)
    out << " where a loop runs; elsewhere it runs one itself";
}

void EffectPrinter::printTask() { out << "gives a task that has to be kept"; }

void EffectPrinter::printBatches() {
  out << "joins the batch of this tick of the loop";
}

void EffectPrinter::printCaches() {
  static constexpr llvm::StringLiteral uses[] = {"remembers what it has loaded",
                                                 "answers from its cache",
                                                 "empties its cache"};
  out << uses[static_cast<std::size_t>(effect.cache)];
}

void EffectPrinter::printReentersLoop() {
  out << "makes running loops re-entrant";
}

void EffectPrinter::printKeeps() {
  out << "keeps " << (effect.keepsElements ? "what is in " : "");
  out << (effect.keepsResult
              ? "what that gives"
              : describe(effect.loop ? effect.loop : effect.subject));
  printArguments();
  if (effect.holder.kind != Reference::Receiver)
    out << " in " << describe(effect.holder);
  if (!effect.field.empty())
    out << " as " << quoted(effect.field);
}

void EffectPrinter::printLocks() {
  out << "takes " << describe(effect.subject)
      << ", which keeps other threads waiting";
  if (effect.reentry == Reentry::Allowed)
    out << " and lets this one in again";
}

void EffectPrinter::printUnlocks() {
  out << "gives " << describe(effect.subject) << " back";
}

void EffectPrinter::printInterpreter() {
  out << "from here on the interpreter's lock is "
      << describe(effect.interpreter);
}

void EffectPrinter::printRetired() {
  if (effect.deprecated)
    out << "is deprecated since " << describe(effect.deprecated) << " and ";
  out << "works only below " << describe(effect.raisesSince);
  if (effect.subject)
    out << " with " << describe(effect.subject);
}

void EffectPrinter::printEntry() {
  out << "is called";
  printPlace();
}

void EffectPrinter::print() {
  switch (effect.kind) {
#define EFFECT(Name, spelling, description)                                    \
  case EffectKind::Name:                                                       \
    print##Name();                                                             \
    break;
#include "looplint/Models/Effects.def"
  }
  out << describe(effect.conditions);
}

std::string models::describe(const Effect &effect) {
  std::string result;
  llvm::raw_string_ostream out(result);
  EffectPrinter(effect, out).print();
  return result;
}
