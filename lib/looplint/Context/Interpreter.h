//===- Interpreter.h - executes one function in one context ---------------===//
//
// Walks the operations of a function in order with a state: its variables, its
// thread and loop. At a branch the state splits; what models say of the test
// decides which side goes on, or both do.
//
//   ControlFlow.cpp  operations, and the brackets: if, loops, with
//   Exceptions.cpp   try, except, finally
//   Bindings.cpp     parameters and variables
//   Values.cpp       what an expression may be
//   Definitions.cpp  … where it is a function or a class
//   Annotations.cpp  … in another function: defaults and declared types
//   Imports.cpp      modules and the names that they give away
//   Attributes.cpp   look-up in modules, classes, objects and libraries
//   Conditions.cpp   whether a condition holds
//   Versions.cpp     … where the version of Python decides it
//   Assumptions.cpp  what a branch learns from its condition
//   FieldTests.cpp   … from a field about another one
//   Guards.cpp       conditions on a state that is not known
//   Calls.cpp        calls of the program's own functions
//   Shapes.cpp       … and what they amount to
//   Arguments.cpp    what is passed to which parameter
//   Objects.cpp      making and calling objects, the language's protocols
//   Libraries.cpp    calls of library functions
//   ModelConditions.cpp  … what a model says of which of them
//   Returned.cpp     … what they return
//   Effects.cpp      … and what they do to loops and threads
//   Shown.cpp        … what they keep, and what C++ shows to Python
//   Blocking.cpp     … and how long they take
//   Retirement.cpp   … and up to which version of the language
//   Loops.cpp        which loop is spoken of
//   Lifetimes.cpp    making, running and closing loops, and what they bind
//   Locks.cpp        locks that are held meanwhile, the interpreter's too
//   Losses.cpp       coroutines and tasks that go nowhere
//   Twins.cpp        functions that exist in a sync and an async form
//   Handovers.cpp    callables and coroutines given away
//   Callbacks.cpp    … and how they are called
//   Generators.cpp   … and generators
//   Members.cpp      members of C++ classes that are spoken of by name
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_INTERPRETER_H
#define LOOPLINT_LIB_CONTEXT_INTERPRETER_H

#include "LibraryCall.h"
#include "Locks.h"
#include "Solver.h"
#include "State.h"

namespace looplint {

/// Executes \p instance once and returns its outcome.
Outcome interpret(Solver &solver, InstanceId instance);

class Interpreter {
public:
  Interpreter(Solver &solver, InstanceId instance);

  Outcome run();

private:
  friend class Blocking;
  friend class DeadCode;
  friend class Generators;
  friend class Locks;
  friend class Shown;
  // Values.cpp
  SetId evaluate(ValueId value, unsigned depth = 0);
  SetId evaluateName(const Value &value, unsigned depth);
  SetId evaluateDisplay(const Value &value, unsigned depth);
  SetId evaluateChoice(const Value &value, unsigned depth);
  SetId local(std::uint32_t variable);
  SetId outer(FunctionId function, std::uint32_t variable);
  SetId unbound(FileId where, Symbol name);
  SetId entity(FileId where, const Value &value);
  SetId typed(SetId value, SetId type);
  SetId functionValue(FunctionId function);
  SetId classValue(ClassId id);
  void importBase(ValueId base);
  SetId element(SetId container, std::uint32_t position);
  SetId item(SetId container, SetId key);
  SetId libraryItem(AtomId object, SetId key);
  SetId moduleValue(llvm::StringRef dotted, unsigned dots);
  SetId importedName(const Value &value);
  SetId withNamed(SetId callables);
  SetId external(llvm::StringRef name);
  SetId starred(FileId where, Symbol name, unsigned depth = 0);
  /// The value of a default or an annotation of the frame's function.
  SetId evaluateIn(FrameId frame, ValueId value, unsigned depth = 0);
  SetId typedBy(SetId annotation); // the objects that it describes
  SetId annotated(FrameId frame, ValueId annotation, unsigned depth = 0);
  SetId insideOf(FrameId frame, const Value &subscript, unsigned depth);
  SetId receiverType(Symbol name);
  SetId declaredResult(SetId value);
  SetId declaredHere(SetId value);
  SetId declaredVariable(const Operation &op);
  bool allowsNone(FrameId frame, ValueId annotation, unsigned depth = 0);
  bool isLeftToSubclasses();
  Symbol symbolOf(StringId id) const { return program.symbol(file, id); }
  // Attributes.cpp
  SetId attribute(SetId base, Symbol name);
  SetId attributeOf(AtomId base, Symbol name);
  SetId attributeOfObject(AtomId self, ObjectId object, Symbol name);
  SetId attributeOfExternal(Symbol entity, Symbol name);
  SetId attributeOfModule(FileId module, Symbol name);
  SetId attributeOfType(const ApiType &type, AtomId self, Symbol name);
  SetId attributeOfLoop(AtomId self, Symbol name);
  /// The name in a class and its bases, bound to \p self or to the class.
  SetId inClass(AtomId classAtom, AtomId self, Symbol name, bool skipFirst);
  SetId withOverrides(SetId found, AtomId type, AtomId, ObjectId, Symbol name);
  bool isOfCpp(ClassKey key) const;
  SetId inSubclasses(AtomId classAtom, AtomId self, Symbol name);
  SetId bindToSelf(AtomId member, AtomId self, AtomId classAtom);
  llvm::ArrayRef<AtomId> linearise(AtomId classAtom);
  SetId classVariable(AtomId classAtom, Symbol name);
  CellId classCell(AtomId classAtom, Symbol name);
  CellId cellOfBody(AtomId classAtom, Symbol name);
  const ApiType *libraryBase(AtomId classAtom);
  SetId returnedObject(const Returned &returned, AtomId self);
  // Conditions.cpp
  Truth truth(ValueId condition, unsigned depth = 0);
  Truth equality(SetId left, SetId right);
  bool mayCountAsFalse(ObjectId object);
  Truth truthOf(SetId value);
  /// Restricts \p state to where the condition has that truth, if anywhere.
  bool assume(ValueId condition, bool holds, unsigned depth = 0);
  bool assumeTruthy(ValueId value, bool holds, unsigned depth);
  bool assumeIs(const Value &condition, bool holds, unsigned depth);
  bool assumeTest(const Atom &test, bool holds);
  bool assumeInstance(ValueId call, bool holds);
  bool assumeByArgument(ValueId condition, bool holds);
  FieldTest findFieldTest(ClassKey owner, Symbol flag); // FieldTests.cpp
  bool assumeByField(ValueId condition, bool holds);
  bool assumeFieldTest(const FieldTest &test, ValueId base, bool holds);
  SetId settled(ValueId place, SetId held);
  ValueId callBehind(ValueId condition);
  ValueId lastBoundTo(std::uint32_t variable) const;
  ValueId threadTestBehind(ValueId id);
  bool isPredicate(SetId callees);
  Truth isInstance(AtomId atom, SetId types);
  Truth compareVersions(const Value &condition);
  bool isPythonVersion(ValueId id);
  Truth compareVersionMember(const Value &condition);
  std::optional<Version> versionLiteral(ValueId id);
  std::optional<Version> upperVersion(const Value &condition);
  SetId versionTest(const Value &condition);
  Truth testTruth(TestSubject test, SetId subject);
  void narrow(ValueId place, SetId value);
  void narrowAttribute(ValueId base, Symbol name, SetId value);
  std::optional<bool> isCoroutineFunction(AtomId atom);
  // Guards.cpp
  bool isOpenFlag(const Value &value);
  bool asksForState(ValueId condition, unsigned depth = 0);
  ValueId rootOfState(ValueId place);
  bool isState(ValueId place);
  bool isOwnState(ValueId place);
  bool holdsFlag(ValueId place);
  // ControlFlow.cpp
  void execute(std::uint32_t index);
  bool executeBracket(std::uint32_t index);
  void beginIf(const Operation &op, std::uint32_t index);
  void beginTry(std::uint32_t index);
  void beginHandler(const Operation &op);
  void beginFinally();
  void beginWith(std::uint32_t index);
  void endWith();
  bool doesOneCall(std::uint32_t start) const;
  bool catchesHere(const Bracket &bracket);
  void endTry();
  void leaveTrySection();
  void endIf();
  void beginLoop(std::uint32_t index);
  void endLoopBody();
  void endLoop();
  void bindParameters();
  void noteFirstYield();
  void bind(const Operation &op, SetId value);
  void bindAttribute(const Operation &op);
  void storeAttribute(SetId base, Symbol name, SetId value);
  void storeField(ObjectId object, Symbol name, SetId value);
  bool callSetters(AtomId receiver, Symbol name, SetId value);
  Edge edgeOfAwait(const Operation &op);
  void assign(std::uint32_t variable, SetId value);
  void importAll(ValueId module);
  void finish(SetId value);
  void loopHadTurn();
  void mayRaise();
  Handled handledHere();
  Handled suppressedBy(SetId managers);
  /// What just ran asks for the running loop: it may raise for want of one.
  void noteLoopTest(bool mayBeMissing, const ExecutionContext &without);
  void unreachable() { state.isReachable = false; }
  Handled catchesMissingLoop(const Operation &handler);
  Bracket *innermost(OperationKind kind);
  void joinInto(State &into, const State &from);
  void joinContext(ExecutionContext &into, const ExecutionContext &from);
  void joinHistory(LoopHistory &into, const LoopHistory &from);
  // Calls.cpp
  SetId call(std::uint32_t index);
  bool declaresOverload(SetId decorators);
  void noteUnknownDecorator(SetId decorators, SetId decorated);
  bool isInitialiser(ValueId callee) const;
  void doubtDispatchers(std::uint32_t call, std::size_t firstEdge);
  void doubtAwaited(std::uint32_t call, std::size_t firstEdge);
  SetId plausibleCallees(std::uint32_t index, SetId callees);
  SetId comprehended(const Argument &argument);
  CallArguments collectArguments(const Operation &op);
  SetId invoke(AtomId callee, const CallArguments &arguments, Edge edge);
  SetId invokeAll(SetId callees, const CallArguments &arguments, Edge edge);
  SetId callFunction(AtomId function, AtomId self, const CallArguments &, Edge);
  SetId runFunction(AtomId function, AtomId self, const CallArguments &, Edge);
  SetId runBody(AtomId function, AtomId self, const CallArguments &, Edge);
  /// A method of one of the program's own loop types: what it does to the loop,
  /// and its body.
  SetId runLoopMethod(const ApiFunction &api, AtomId function, AtomId self,
                      const CallArguments &arguments, Edge edge);
  bool isStepOfRun(AtomId callee, AtomId receiver);
  void noteCurrent(std::uint32_t global, SetId value);
  void endOwnLoop(const Operation &call);
  Symbol initialiserHere() const;
  SetId construct(AtomId classAtom, const CallArguments &arguments, Edge edge);
  SetId callObject(AtomId object, const CallArguments &arguments, Edge edge);
  SetId await(const Operation &op);
  SetId awaitAll(SetId values, Edge edge);
  SetId awaitOne(AtomId value, Edge edge);
  SetId builtin(std::uint32_t index, SetId callee, bool &isBuiltin);
  void noteShape(SetId callees, SetId value);
  FrameId calleeFrame(FunctionKey, FrameId, AtomId self, const CallArguments &);
  SetId forKey(SetId value);
  void importModule(FileId module, OperationKey at);
  void absorb(const Outcome &outcome);
  CallArguments concatenated(ArgumentsId first, const CallArguments &second);
  Edge edgeHere(EdgeKind kind, SetId callees);
  SetId callProtocol(SetId receivers, Symbol name, bool isAwaited);
  bool comesThroughParameter(ValueId callee);
  // Libraries.cpp
  SetId callLibrary(const LibraryCall &call);
  SetId applyLibrary(const LibraryCall &call);
  SetId applyEffects(const LibraryCall &call);
  SetId constructLibrary(const ApiType &type, const CallArguments &, Edge);
  bool namesCallable(const CallArguments &arguments);
  void storeFields(AtomId type, ObjectId object, const CallArguments &);
  bool knowsBases(AtomId classAtom, bool &isTuple);
  void addDeclared(ClassKey key, llvm::SmallVectorImpl<Symbol> &fields);
  void storeConstructorArguments(const ApiType &type, ObjectId object,
                                 const CallArguments &arguments);
  SetId resolve(const Reference &reference, const LibraryCall &call);
  SetId parameterValue(const std::string &name, const LibraryCall &call);
  SetId sequenceOf(llvm::ArrayRef<SetId> members);
  SetId storedOrOverridden(AtomId receiver, Symbol name);
  SetId methodsLike(AtomId receiver, llvm::StringRef pattern);
  SetId decoratorOf(const LibraryCall &call);
  SetId boundCall(AtomKind kind, AtomId callee, const CallArguments &arguments);
  SetId partialOf(SetId callables, const CallArguments &arguments);
  SetId wrappedLoops(SetId loops, const ApiType &type);
  bool startsTask(const LibraryCall &call);
  SetId returnedInstance(const LibraryCall &call, const Returned &returned);
  SetId returnedBy(const LibraryCall &call, const Returned &returned);
  SetId namedModule(const LibraryCall &call, const Returned &returned);
  SetId fieldOf(SetId holders, llvm::StringRef field, const LibraryCall &call);
  bool holds(llvm::ArrayRef<Condition> conditions, const LibraryCall &call);
  bool givesCoroutine(const LibraryCall &call);
  CallArguments handedArguments(const Effect &effect, const LibraryCall &call);
  // Effects.cpp
  /// Returns what the effect makes of the call's result; invalid for nothing.
  SetId apply(const Effect &effect, const LibraryCall &call);
  SetId applyCurrentLoop(const Effect &effect, const LibraryCall &call);
  bool isUsualPolicy(AtomId policy);
  void applySetPolicy(const Effect &effect, const LibraryCall &call);
  bool mayBePending(const Effect &effect, const LibraryCall &call);
  void applySetLoop(const Effect &effect, const LibraryCall &call);
  void applyCloseLoop(const Effect &effect, const LibraryCall &call);
  SetId applyRunLoop(const Effect &effect, const LibraryCall &call);
  void applyArms(const Effect &effect, const LibraryCall &call);
  SetId applyTests(const Effect &effect, const LibraryCall &call);
  void raiseHere();
  ObjectId loopOf(SetId loops);
  ObjectId freshLoop(OperationKey site);
  SetId resolveLoop(const Reference &reference, const LibraryCall &call);
  SetId currentLoop(const LibraryCall &call);
  SetId loopsBehind(SetId value);
  bool isPool(ObjectId object);
  bool isPool(SetId loops);
  void keep(const Effect &effect, const LibraryCall &call);
  Event &note(const Effect &effect, const LibraryCall &call);
  void loopRan(ObjectId loop);
  // Lifetimes.cpp
  SetId without(SetId from, SetId removed);
  SetId onlyLoop(ObjectId loop);
  SetId onlyLoops(SetId value);
  void loopBegins(ObjectId loop);
  void loopMade(ObjectId loop); // by somebody who has to close it
  void loopRuns(ObjectId loop);
  void release(SetId loops);
  void letGo(const CallArguments &arguments);
  void letGo(SetId value);
  void noteSuccession(SetId earlier, SetId later);
  void follow(const LoopHistory &done);
  LoopHistory beginElsewhere();
  void endElsewhere(const LoopHistory &before, SetId around, bool isRepeated);
  void applyNewLoop(const Effect &effect, const LibraryCall &call);
  SetId dutyFor(Duty kind, SetId loops);
  void leaveOpen(SetId duties);
  void applyDuty(const Effect &effect, const LibraryCall &call);
  void pushOrPop(const Effect &effect, const LibraryCall &call);
  void applyLoopAffine(const Effect &effect, const LibraryCall &call);
  void applyLoopBound(const Effect &effect, const LibraryCall &call);
  bool mayBelongHere(ObjectId object);
  void noteUse(const LibraryCall &call);
  // Retirement.cpp
  void applyRetired(const Effect &effect, const LibraryCall &call);
  bool isTriedFor(llvm::StringRef exception);
  void assumeMember(ValueId call);
  // Losses.cpp
  void findLosses(const Operation &op);
  void findLosses(ValueId id, std::optional<Loss::Kind> kind,
                  unsigned depth = 0);
  void findUnread(const Operation &op);
  void noteLoss(Loss::Kind kind, std::uint32_t index, SetId value);
  bool isAwaitedLater(AtomId id) const;
  bool isPassed(std::uint32_t call, SetId value);
  FunctionKey futureOf(std::uint32_t call);
  bool mayReturnOther(std::uint32_t call);
  bool mayHaveStarted(AtomId coroutine);
  void noteBeginner(const Operation &returning);
  std::optional<bool> startsSuspended(const Function &coroutine, FileId where);
  // Twins.cpp
  void noteTwins(std::uint32_t index, SetId callees);
  FunctionKey asyncFormOf(AtomId callee, Symbol called);
  FunctionKey fittingTwin(FunctionKey sync, SetId found);
  // Handovers.cpp
  SetId applyInvokes(const Effect &effect, const LibraryCall &call);
  bool expectsException(const LibraryCall &call);
  SetId handOver(AtomId callable, const Effect &effect, const LibraryCall &call,
                 const CallArguments &handed);
  SetId runHere(const Effect &, const LibraryCall &, const ExecutionContext &);
  ExecutionContext contextAt(const Effect &, const LibraryCall &, Place place);
  bool isCalledHere(const ApiFunction &api);
  bool isWrittenAsCall(const Reference &reference, const LibraryCall &call);
  OperationKey placeOf(const Effect &effect, const LibraryCall &call);
  SetId runAt(AtomId callable, const ExecutionContext &context, bool isNow,
              const CallArguments &arguments, Edge edge, bool isRepeated);
  SetId runCoroutine(AtomId, const ExecutionContext &, Edge, bool now);
  bool isCoroutineValue(AtomId atom);
  void letGoLater(AtomId callable, const CallArguments &handed);
  bool isGivenThroughParameter(const Reference &, const LibraryCall &call);
  void prepareWorker(ExecutionContext &, const Effect &, const LibraryCall &);
  // Members.cpp
  bool isExternalOfCpp(AtomId id);
  const ApiFunction *memberOfLibrary(llvm::StringRef name);
  SetId objectOfLibrary(llvm::StringRef name);
  const ApiType *ownerOf(const ApiFunction &api);
  SetId callByName(const ApiFunction &api, const CallArguments &, Edge);
  bool isUnboundMethod(AtomId callable);
  SetId methodOfWrapper(const Value &wrapper, Symbol name, unsigned depth);
  // Callbacks.cpp
  SetId declaredFor(const LibraryCall &call);
  void passDeclared(FunctionKey callee, FrameId definer, CallArguments &);
  SetId handOverAll(const Effect &effect, const LibraryCall &call);
  AtomId onItsObject(AtomId callable);
  bool pin(AtomId callable, const Effect &effect);
  bool isAsyncGenerator(AtomId callable);
  SetId givenObject(llvm::StringRef type, FrameId, const Parameter *);
  CallArguments withGiven(const Effect &, AtomId callable, CallArguments);
  void examine(AtomId callable);
  void findHooks(AtomId classAtom); // methods that a framework calls
  void callHook(AtomId method, const Effect &hook, const ApiType &library);
  void assignHooks(SetId holders, Symbol name, SetId value);
  FrameId frameOfFunction(AtomId function);

  Solver &solver;
  Contexts &result;
  Atoms &atoms;
  Heap &heap;
  const Program &program;
  const ModelSet &models;
  InstanceId self;
  FrameId frame;
  FunctionKey functionKey;
  FunctionFacts &facts;
  FileId file;
  const Summary &summary;
  const Function &function;
  State state;
  Outcome outcome;
  Locks locks{*this};
  std::vector<SetId> results;
  std::vector<Bracket> brackets;
  Shape shape;
  ContextId yieldContext;     // where a generator first yields
  bool isSuspended = false;   // by what is awaited
  SetId handedResult;         // of the callable that the present call has run
  SetId exhausted = SetId(0); // what the call has run to its end
  std::uint32_t here = 0;     // the operation that is executed
  std::uint32_t nextIndex = 0;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_INTERPRETER_H
