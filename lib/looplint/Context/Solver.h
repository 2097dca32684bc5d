//===- Solver.h - evaluates instances until nothing changes ---------------===//
//
// The program is executed abstractly. A call evaluates the callee at once (an
// instance for each context and each list of arguments that matter), so that
// its result, a guard's answer for example, is known when the caller goes on.
// What runs later or elsewhere is put into a queue. When a cell or an outcome
// grows, those who used it are queued again. Everything only grows and is
// bounded, so this ends; everything is visited in one order, so the result does
// not depend on anything but the program.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_SOLVER_H
#define LOOPLINT_LIB_CONTEXT_SOLVER_H

#include "OwnLoops.h"
#include "looplint/Context/Contexts.h"

#include "llvm/ADT/BitVector.h"

#include <deque>
#include <optional>
#include <unordered_map>

namespace looplint {

/// What the solver knows of a function before it is executed.
struct FunctionFacts {
  FileId file;
  const Function *definition = nullptr;
  /// Variables that nested functions read or write, and those they write.
  /// What its calls have returned so far.
  enum Answers : std::uint8_t { None, YesOrNo, Other } answers = None;
  llvm::BitVector captured;
  llvm::BitVector writtenElsewhere;
  /// Frames made so far, and contexts seen so far.
  unsigned frames = 0;
  unsigned contexts = 0;
  /// Of the first 64 parameters those that are compared to a text: what is
  /// passed there decides branches.
  std::uint64_t comparedToText = 0;
  bool isReached = false;
  /// A decorator has said where the function runs (`pins`).
  bool isPinned = false;
  /// It is defined for versions below this one only; 0 for any.
  Version versionsBelow = 0;
  /// Its `def`, or the class statement that it is the body of, was executed.
  bool isDefined = false;
  FrameId firstFrame;

  /// Of what a call of the function returns, among its captured variables.
  std::uint32_t resultSlot(std::uint32_t call) const {
    return definition->variables.size() + call - definition->operations.begin;
  }
  bool keepsResult(std::uint32_t call) const {
    std::uint32_t slot = resultSlot(call);
    return slot < captured.size() && captured[slot];
  }
};

/// A predicate of a field that is stored in another field beside it.
struct FieldTest {
  ValueId predicate;  // the callee, in \p method; invalid for no such test
  FunctionKey method; // where both are stored
  Symbol field;       // what it is asked of
  bool isNegated = false;
};

/// A class and its bases in look-up order, as of some state of Solver::bases.
struct Hierarchy {
  unsigned epoch = 0;
  llvm::SmallVector<AtomId, 4> order;
};

/// `from module import *`.
struct StarImport {
  llvm::StringRef dotted;
  std::optional<FileId> module; // where it is part of the program
};

/// What a library's type says of one name; null where it does not.
struct ApiMember {
  const ApiFunction *method = nullptr;
  const Returned *attribute = nullptr;
};

/// Spellings that the languages themselves give a meaning.
struct WellKnown {
  explicit WellKnown(Symbols &symbols);
  Symbol init, call, enter, exit, asyncEnter, asyncExit, iter, next, asyncIter,
      asyncNext, await, name, file, main, loop, getattr, isinstance, callable,
      getItem, function, boolean;
  /// Functions of the language that look at a value and do not keep it.
  llvm::SmallVector<Symbol, 8> conversions;

  bool isConversion(Symbol name) const {
    return llvm::is_contained(conversions, name);
  }
};

class Solver {
public:
  Solver(const Program &program, const ModelSet &models,
         const ContextOptions &options);

  Contexts solve() &&;

  // What the interpreter asks for.
  ContextId context(const ExecutionContext &context);
  FrameId frame(FunctionKey function, FrameId parent,
                llvm::SmallVector<SetId, 8> arguments);
  /// Evaluates the function now and returns what is known of it so far.
  const Outcome &enter(InstanceId caller, FrameId frame, ContextId context,
                       Edge edge);
  /// Makes the function run in \p context some time later.
  InstanceId schedule(InstanceId caller, FrameId frame, ContextId context,
                      Edge edge);
  /// Executes the function for an unknown caller, off every path.
  void examine(FrameId frame);
  SetId read(CellId cell, InstanceId reader);
  void write(CellId cell, SetId value);
  CellId capturedCell(FrameId frame, std::uint32_t variable);
  /// Holds the classes that derive from this one.
  CellId subclasses(AtomId classAtom);
  /// The frame of the module's own variables.
  void findComparedToText(const Summary &summary, FunctionFacts &known) const;
  FrameId moduleFrame(FileId file);
  /// Executes a module that is imported, once, in the context of the first
  /// import; null where it was executed elsewhere before.
  const Outcome *import(InstanceId importer, FileId module, ContextId context,
                        Edge edge);
  FunctionFacts &facts(FunctionKey function) {
    return functionFacts[function.index()];
  }
  llvm::ArrayRef<StarImport> starImports(FileId file) const {
    return stars[file.index()];
  }
  /// The variable of that name; Program::noVariable where there is none.
  std::uint32_t variable(FunctionKey function, Symbol name);
  /// The type of list, set and dictionary displays.
  AtomId containerType(ValueKind kind) const;
  /// What coroutine objects are; null where no model says.
  const ApiType *coroutineType = nullptr;
  const Program &program;
  const ModelSet &models;
  Contexts result;
  const ContextOptions &options = result.options;
  Atoms &atoms;
  Heap &heap;
  WellKnown names;
  const OwnLoops &ownLoops;
  /// By class: what its bases evaluated to, in order.
  std::unordered_map<std::uint32_t, llvm::SmallVector<SetId, 2>> bases;
  llvm::DenseSet<std::uint32_t>
      remade;              // classes with a metaclass of the program
  unsigned basesEpoch = 1; // grows with every change of `bases`
  StableVector<Hierarchy> hierarchies;
  llvm::DenseMap<std::uint32_t, std::uint32_t> hierarchyOf; // by class atom
  /// By the symbol of a sync function: names that its async form may have.
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<Symbol, 2>> asyncForms;
  /// By class and name: the functions that assigning the attribute calls.
  llvm::DenseMap<std::pair<std::uint32_t, std::uint32_t>, FunctionKey> setters;
  /// By class and the name of the flag.
  llvm::DenseMap<std::pair<std::uint32_t, std::uint32_t>, FieldTest> fieldTests;
  /// Whether texts of C++ may be names of Python's modules and their members.
  bool cppNamesPython = false;
  /// By the name of a module of Python: the function of C++ that makes it.
  llvm::StringMap<FunctionKey> shownModules;
  /// Names of modules and library entities, resolved once.
  llvm::DenseMap<std::uint32_t, SetId> externals;
  llvm::DenseMap<std::uint64_t, SetId> externalAttributes; // by both Symbols
  llvm::DenseMap<std::uint32_t, SetId> builtins;
  /// Attributes that are assigned other than to a method's `self`, by Symbol.
  llvm::DenseSet<std::uint32_t> assignedFromOutside;
  /// By function: the library's type that a decorator gave it the methods of.
  llvm::DenseMap<std::uint32_t, const ApiType *> methodsOf;
  /// Methods of C++, bound to what is only declared to be of their class, that
  /// others override. A class with virtual methods is mostly there to be
  /// derived from: what it does itself is seldom what is there.
  llvm::DenseSet<std::uint32_t> overridden;
  /// By class and name: the cell of what the class's own body binds, or what
  /// others may assign to the class; invalid where nobody does.
  llvm::DenseMap<std::uint64_t, CellId> classCells;
  /// The same answers as ModelSet's, which looks at spellings.
  const ApiMember &member(const ApiType &type, Symbol name);
  const ApiType *constructedBy(const ApiFunction &function);
  bool isScript(FileId file) const { return scripts[file.index()]; }
  /// Stands for the function where an object is just there.
  const ApiFunction nameless;
  const CallArguments noArguments;
  const ApiType unknownType;
  /// The type of loops that only exist while a call runs.
  AtomId loopType() const { return genericLoopType; }

private:
  void collectFacts();
  bool importsPython(const Summary &summary) const;
  void findAssignedFromOutside(const Summary &summary, FileId file);
  void findShownModules();
  void collectTwins();
  void findScripts();
  void addRoots();
  void addConsoleScripts();
  void addCppRoots();
  void addFrameworkRoots();
  void addUnreachedFunctions();
  void findOlderCode();
  void addUnreachedCoroutines();
  void addRoot(FunctionKey function, const ExecutionContext &context,
               RootKind kind, const Effect *entry);
  FrameId rootFrame(FunctionKey function);
  llvm::SmallVector<SetId, 8> unknownArguments(FunctionKey function,
                                               FrameId parent);
  void drain();
  void runUnreached(Language language);
  void evaluate(InstanceId id);
  void enqueue(InstanceId id);
  InstanceId instance(FrameId frame, ContextId context);
  unsigned mostFramesFor(const FunctionFacts &known,
                         llvm::ArrayRef<SetId> arguments) const;
  void noteAnswer(FunctionFacts &known, const Outcome &outcome) const;
  ContextId generalised(FunctionKey function, ContextId context);
  SetId generalised(SetId argument);
  SetId withClassesOnly(SetId value);
  void addRepeatedRuns();
  bool isOfTests(const Instance &instance) const;
  bool isTestRoot(const Instance &root) const;
  std::vector<bool> filesWithTasks() const;
  bool isCellAlone(const Instance &root,
                   const std::vector<bool> &haveTasks) const;
  bool isCoroutineOfProgram(const Instance &instance) const;
  std::vector<bool> reached(bool withTests, bool withCells) const;
  void findPaths();
  void sortEvents();
  void keepBases();

  std::deque<InstanceId> queue;
  std::vector<FunctionFacts> functionFacts;
  std::vector<bool> scripts;
  std::vector<bool> testFiles; // by file: a framework runs tests from it
  std::vector<std::vector<StarImport>> stars;
  llvm::DenseMap<std::uint64_t, std::uint32_t> variableIndex;
  AtomId listType, setType, dictionaryType, genericLoopType;
  InternTable<FrameId> frameIndex;
  llvm::DenseMap<std::uint64_t, InstanceId> instanceIndex;
  llvm::DenseMap<std::uint32_t, CellId> subclassCells; // by class atom
  std::vector<FrameId> moduleFrames;
  std::vector<ContextId> moduleContexts;
  std::unordered_map<std::uint64_t, std::vector<ContextId>> contextIndex;
  ContextId latestContext;                // that was asked for
  bool isCallerUnknown = false;           // of what is executed now
  std::vector<ContextId> generalContexts; // by context, once known
  llvm::DenseMap<std::pair<const ApiType *, std::uint32_t>, ApiMember> members;
  llvm::DenseMap<const ApiFunction *, const ApiType *> constructed;
  unsigned depth = 0;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_SOLVER_H
