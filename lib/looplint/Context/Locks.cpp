//===- Locks.cpp - which locks are held at a place of a function ----------===//

#include "Interpreter.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static bool isConstructor(const ModelSet &models, const ApiFunction &api) {
  const ApiType *type = models.type(api.name);
  return type && &type->constructor == &api;
}

/// An object that nothing in this function holds: it is gone at the end of the
/// statement, or a container, a smart pointer has it.
bool Locks::isPassingObject(const LibraryCall &call) const {
  const Operation &op = in.summary.operations[in.here];
  if (!isCppName(call.api.name) || !isConstructor(in.models, call.api))
    return false;
  if (op.kind != OperationKind::Call || op.isDiscarded)
    return true;
  const Value &made = behindType(in.summary, op.value);
  return made.kind != ValueKind::Entity ||
         in.models.canonical(in.summary.string(StringId(made.a))) !=
             call.api.name;
}

void Locks::take(const Effect &effect, const LibraryCall &call) {
  if (isPassingObject(call))
    return;
  SetId locks = in.resolve(effect.subject, call);
  bool isOneOfSeveral = in.atoms.members(locks).size() > 1;
  for (AtomId lock : in.atoms.members(locks))
    if (in.atoms[lock].kind == AtomKind::Object)
      hold({.lock = lock,
            .at = call.at,
            .effect = &effect,
            .api = &call.api,
            .confidence = isOneOfSeveral
                              ? std::min(call.confidence, Confidence::Likely)
                              : call.confidence,
            .ending = isConstructor(in.models, call.api) ? Hold::Object
                                                         : Hold::Explicit});
}

void Locks::giveBack(const Effect &effect, const LibraryCall &call) {
  SetId locks = in.resolve(effect.subject, call);
  for (AtomId lock : in.atoms.members(locks))
    unlock(lock);
}

void Locks::hold(Hold taken) {
  taken.depth = static_cast<std::uint16_t>(in.brackets.size());
  bool isKnown = llvm::any_of(in.state.held, [&](const Hold &known) {
    return known.lock == taken.lock;
  });
  if (!isKnown)
    in.state.held.push_back(taken);
}

/// What is not known to be taken may be another name of what is.
void Locks::unlock(AtomId lock) {
  auto isSame = [&](const Hold &known) { return known.lock == lock; };
  if (llvm::any_of(in.state.held, isSame)) {
    llvm::erase_if(in.state.held, isSame);
    return;
  }
  auto typeOf = [&](AtomId id) {
    return in.atoms[id].kind == AtomKind::Object
               ? in.heap[ObjectId(in.atoms[id].a)].type
               : AtomId();
  };
  AtomId type = typeOf(lock);
  llvm::erase_if(in.state.held, [&](const Hold &known) {
    return !type || typeOf(known.lock) == type;
  });
  if (!llvm::is_contained(in.outcome.unlocked, lock))
    in.outcome.unlocked.push_back(lock);
}

static void keepCommon(Holds &into, const Holds &from) {
  llvm::erase_if(into, [&](const Hold &known) {
    return llvm::none_of(
        from, [&](const Hold &other) { return other.lock == known.lock; });
  });
}

void Locks::join(State &into, const State &from) {
  keepCommon(into.held, from.held);
  std::size_t common =
      std::min(into.interpreterBefore.size(), from.interpreterBefore.size());
  into.interpreterBefore.truncate(common);
  for (std::size_t i = 0; i < common; ++i)
    if (into.interpreterBefore[i] != from.interpreterBefore[i])
      into.interpreterBefore[i] = InterpreterLock::Unknown;
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// Gives back what the brackets above the \p depth outermost ones hold.
void Locks::endBlocks(std::size_t depth, bool isRaising) {
  llvm::erase_if(in.state.held, [&](const Hold &known) {
    bool ends = known.ending == Hold::Block ||
                (isRaising && known.ending != Hold::Explicit);
    return ends && known.depth > depth;
  });
}

void Locks::leaveBlocks(State &into, std::size_t depth, bool isRaising) {
  if (in.state.held.empty()) {
    in.joinInto(into, in.state);
    return;
  }
  State before = in.state;
  endBlocks(depth, isRaising);
  in.joinInto(into, in.state);
  in.state = std::move(before);
}

/// A generator has taken its locks by its first `yield`.
void Locks::holdByBlock(std::uint32_t index, std::size_t known) {
  const Value &manager = in.summary.value(in.summary.operations[index].value);
  OperationKey made = manager.kind == ValueKind::Result
                          ? in.program.key(in.file, manager.a)
                          : OperationKey();
  if (made)
    for (const Edge &edge : in.result.instances[in.self.index()].edges)
      if (edge.at == made && edge.kind == EdgeKind::Call)
        for (const Hold &taken :
             in.result.instances[edge.to.index()].outcome.heldAtYield)
          hold(taken);
  for (std::size_t i = std::min(known, in.state.held.size());
       i < in.state.held.size(); ++i) {
    in.state.held[i].ending = Hold::Block;
    in.state.held[i].depth = static_cast<std::uint16_t>(in.brackets.size());
    in.state.held[i].at = in.program.key(in.file, index);
  }
}

//===----------------------------------------------------------------------===//
// Between functions
//===----------------------------------------------------------------------===//

void Locks::keep() {
  Holds kept = in.state.held;
  llvm::erase_if(kept,
                 [](const Hold &known) { return known.ending == Hold::Block; });
  if (in.outcome.returns)
    keepCommon(in.outcome.held, kept);
  else
    in.outcome.held = std::move(kept);
}

void Locks::follow(const Outcome &done) {
  for (AtomId lock : done.unlocked)
    unlock(lock);
  for (Hold taken : done.held) {
    taken.at = in.program.key(in.file, in.here);
    if (taken.ending == Hold::Object)
      taken.ending = Hold::Handed;
    hold(taken);
  }
}

/// A lock that is passed on may be given back there; what an object of C++ that
/// came from a call holds ends with whatever object it has become a part of.
void Locks::noteCall(const Operation &op, SetId callees,
                     const CallArguments &arguments) {
  const Value &callee = in.summary.value(op.value);
  bool isEnd = callee.kind == ValueKind::Attribute &&
               in.summary.string(StringId(callee.b)) == language::destructor;
  if (isEnd)
    llvm::erase_if(in.state.held, [](const Hold &known) {
      return known.ending == Hold::Handed;
    });
  bool isAboutLocks = llvm::any_of(in.atoms.members(callees), [&](AtomId id) {
    const Atom &atom = in.atoms[id];
    const ApiFunction *api =
        atom.kind == AtomKind::ApiType ? &in.atoms.apiType(atom).constructor
        : atom.kind == AtomKind::ApiFunction || atom.kind == AtomKind::ApiMethod
            ? &in.atoms.apiFunction(atom)
            : nullptr;
    return api &&
           (api->find(EffectKind::Locks) || api->find(EffectKind::Unlocks) ||
            api->find(EffectKind::Blocks));
  });
  if (isAboutLocks)
    return;
  llvm::erase_if(in.state.held, [&](const Hold &known) {
    auto isPassed = [&](SetId value) {
      return llvm::is_contained(in.atoms.members(value), known.lock);
    };
    return llvm::any_of(arguments.positional, isPassed) ||
           llvm::any_of(arguments.keywords, [&](const auto &named) {
             return isPassed(named.second);
           });
  });
}

/// `guard = {};`: the object of C++ in the variable ends, or has become
/// another. (Of a type that many places make, objects are not told apart.)
void Locks::noteBind(const Operation &bind) {
  if (in.state.held.empty() || bind.scope)
    return;
  const Value &made = behindType(in.summary, bind.value);
  OperationKey fresh = made.kind == ValueKind::Result
                           ? in.program.key(in.file, made.a)
                           : OperationKey();
  SetId before = in.state.variables[bind.variable];
  llvm::erase_if(in.state.held, [&](const Hold &known) {
    bool isObject =
        known.ending == Hold::Object || known.ending == Hold::Handed;
    return isObject && known.at != fresh &&
           llvm::is_contained(in.atoms.members(before), known.lock);
  });
}

void Locks::noteSuspension(const Holds &before) {
  in.outcome.suspends = true;
  for (const Hold &taken : before) {
    bool isStillHeld = llvm::any_of(in.state.held, [&](const Hold &known) {
      return known.lock == taken.lock;
    });
    if (!isStillHeld)
      continue;
    in.result.instances[in.self.index()].events.push_back(
        {.effect = taken.effect,
         .api = taken.api,
         .at = taken.at,
         .context = in.solver.context(in.state.context),
         .handled = in.handledHere(),
         .confidence = taken.confidence,
         .isGuarded = in.state.isGuarded,
         .loops = in.atoms.emptySet(),
         .subject = in.atoms.emptySet(),
         .receiver = taken.lock,
         .suspension = in.program.key(in.file, in.here)});
  }
}

//===----------------------------------------------------------------------===//
// The interpreter's lock
//===----------------------------------------------------------------------===//

void Locks::changeInterpreter(const Effect &effect, const LibraryCall &call) {
  InterpreterLock &lock = in.state.context.interpreter;
  if (isPassingObject(call)) {
    lock = InterpreterLock::Unknown;
    return;
  }
  if (effect.interpreter == InterpreterChange::Restored) {
    lock = in.state.interpreterBefore.empty()
               ? InterpreterLock::Unknown
               : in.state.interpreterBefore.pop_back_val();
    return;
  }
  bool isTaken = effect.interpreter == InterpreterChange::Held;
  if (isTaken && lock != InterpreterLock::Held)
    in.note(effect, call);
  in.state.interpreterBefore.push_back(lock);
  lock = isTaken ? InterpreterLock::Held : InterpreterLock::Free;
}

/// As the model says, and held where Python calls C++.
InterpreterLock Locks::interpreterFor(AtomId callable, const Effect &effect,
                                      const LibraryCall &call,
                                      InterpreterLock otherwise) {
  if (effect.interpreter == InterpreterChange::Held)
    return InterpreterLock::Held;
  if (effect.interpreter == InterpreterChange::Free)
    return InterpreterLock::Free;
  if (isCppName(call.api.name))
    return otherwise;
  while (in.atoms[callable].kind == AtomKind::Method ||
         in.atoms[callable].kind == AtomKind::Partial)
    callable = AtomId(in.atoms[callable].a);
  if (in.atoms[callable].kind != AtomKind::Function)
    return otherwise;
  FileId where = in.solver.facts(FunctionKey(in.atoms[callable].a)).file;
  return in.program.summary(where).language == Language::Cpp
             ? InterpreterLock::Held
             : otherwise;
}
