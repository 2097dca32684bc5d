//===- Models.h - what is known of libraries ------------------------------===//
//
// A ModelSet answers one question: what does the entity with this qualified
// name do? It is built once, from the tables compiled into the binary and from
// the user's own TOML files, and is immutable afterwards.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_MODELS_MODELS_H
#define LOOPLINT_MODELS_MODELS_H

#include "looplint/Models/Effect.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// What a call returns, as far as later calls depend on it.
struct Returned {
  enum Kind : std::uint8_t {
    Unknown,
    Instance,  // an object of `type`
    TupleOf,   // a tuple of objects of `types`
    Parameter, // the argument itself
    Receiver,  // self
    ReceiverField,
    Loop,       // the loop that `loop` names
    AwaitedOf,  // what awaiting the coroutine `reference` produces
    CallOf,     // what calling `reference` returns (awaited if need be)
    ResultOf,   // exactly what calling `reference` returns
    ResultsOf,  // an iterable of what calling `reference` returns
    PropertyOf, // a descriptor: reading it calls `reference`
    PairsOf,    // an iterable of tuples that hold elements of `reference`
    Number,     // `number`: of a call in C, that it succeeded
    CurrentThread,
    MainThread,
    Partial,      // a partial application of `reference` to the rest
    SameCallable, // the argument, wrapped so that it behaves the same, and has
                  // what objects of `type` have, if one is named
    FutureOf,     // … or begins to run at once and returns a future
    Element,      // anything that `keeps` put into `reference`
    ModuleNamed,  // the module of Python that the text in `name` names
    Never,        // the call does not come back
  };
  Kind kind = Unknown;
  std::string type;               // Instance, SameCallable
  std::vector<std::string> types; // TupleOf
  Reference reference; // Parameter, ReceiverField, AwaitedOf, CallOf, …
  std::string name;    // ModuleNamed: a parameter
  std::uint32_t number = 0;
  /// Instance, TupleOf: the loop they work for (a future's, a queue's).
  Reference loop;
  /// Of several forms: it is this one where all of them hold.
  llvm::SmallVector<Condition, 1> conditions;
};

struct ModelParameter {
  std::string name;
  bool keywordOnly = false;
  bool isRest = false;         // *args
  bool isRestKeywords = false; // **kwargs
};

/// A function, a method or a class's constructor.
struct ApiFunction {
  std::string name; // "asyncio.run"; a method's is "threading.Thread.start"
  std::vector<ModelParameter> parameters; // without self
  std::vector<Effect> effects;
  /// Returned where no condition of the `alternatives` before it holds.
  Returned returned;
  std::vector<Returned> alternatives;
  bool isCoroutine = false; // always Coroutine; `returned` when awaited
  bool isProperty = false;  // read as an attribute, without a call
  bool isReady = false;     // awaiting what it returns suspends nothing
  /// `@task` and `@task(retries=3)` alike: the parameter that, where a call
  /// leaves it out, is what the returned decorator is then applied to.
  std::string decorates;
  /// Described as a function "pkg.Type.name": called without a receiver, on the
  /// class or one of its subclasses.
  bool isStatic = false;
  std::uint16_t library = 0; // into ModelSet::libraries()
  Version since = 0;
  Version removed = 0;

  const Effect *find(EffectKind kind) const;
};

/// How a program has something done when an application starts to run, on its
/// loop; for fixes. `{app}` is the application, `{hook}` the function's name,
/// `{start}` what is done, `{module.name}` what has to be imported.
struct StartupHook {
  std::string definition; // of the function; empty where there is no such hook
  /// What makes it known, unless a decorator does: a statement, or the
  /// constructor's argument that the hook is.
  std::string registration;
  std::string argument;
  /// Names that, written anywhere in the program, are in the hook's way.
  std::vector<std::string> unless;
};

/// A class of a library.
struct ApiType {
  std::string name;
  std::vector<std::string> bases; // library types, searched in order
  ApiFunction constructor;
  /// Constructor parameters kept in fields of the same name.
  std::vector<std::string> stores;
  /// Methods that `ApiFunction`s describe, by their short names.
  llvm::StringMap<ApiFunction> methods;
  /// Attributes that hold objects of a library type.
  llvm::StringMap<Returned> attributes;
  /// Hooks: methods of the user's subclasses that the framework calls. The key
  /// may end in `*`.
  std::vector<std::pair<std::string, Effect>> entries;
  /// It is an event loop: its identity is followed.
  bool isLoop = false;
  /// Its threads are workers: what runs where it is the loop runs on them.
  bool isPool = false;
  /// Its instances are what one awaits: coroutines, futures.
  bool isAwaitable = false;
  std::uint16_t library = 0; // into ModelSet::libraries()
  /// A context manager that keeps exceptions from its caller: any, or those
  /// that the constructor's parameter `suppressed` lists.
  bool suppressesAll = false;
  std::string suppressed;
  /// What coroutines return, in C++: the last argument of the operations that
  /// they await, and that argument where it is to take the place of one of the
  /// type in braces, which the error is stored in.
  std::string token;
  std::string errorToken;
  /// What coroutines return: the expressions to await in place of functions
  /// that block, with `{parameter}` for the arguments.
  std::vector<std::pair<std::string, std::string>> awaited;
  /// What coroutines return: how a closure, `{closure}`, is lent to what does
  /// not keep it, for as long as the statement takes.
  std::string lent;
  /// What coroutines return that nobody waits for: what starts a closure,
  /// `{closure}`, and keeps it, once it is declared to return `startable`.
  std::string started;
  std::string startable;
  /// The class that does the same on the running loop, and awaits what this one
  /// calls.
  std::string loopTwin;
  StartupHook startup;
};

/// A file whose top level a framework runs (a Streamlit script), or whose
/// functions it calls by their names (pytest).
struct EntryRule {
  /// The file imports this module (or anything below it); empty: any file.
  std::string imports;
  /// A glob on the file's name, empty: any ("test_*.py").
  std::string file;
  /// A glob on function names ("test_*"); "<module>" is the file's top level.
  std::string function;
  Effect effect;             // kind Entry
  std::uint16_t library = 0; // into ModelSet::libraries()
};

/// One library, as `looplint models` lists it.
struct LibraryInfo {
  std::string name;
  std::string language; // "python" or "cpp"
  std::string versions; // those it was checked against
  std::string source;
  std::string origin; // "built in" or the user's file
  unsigned functions = 0;
  unsigned types = 0;
};

/// Thread-safe once built.
class ModelSet {
public:
  ModelSet();
  ~ModelSet();
  ModelSet(ModelSet &&) noexcept;
  ModelSet &operator=(ModelSet &&) noexcept;

  /// The models compiled into this binary.
  static ModelSet builtin();

  /// Adds the library described by the TOML in \p file. A function or an object
  /// that is known already is replaced; a type that is known already is
  /// refined, a method, an attribute or a hook at a time. The error holds every
  /// mistake of the file, each with `path:line:column: ` in front, what is
  /// expected and, for a misspelt word, the nearest known one; nothing is added
  /// then. Invalidates pointers into the set.
  llvm::Error add(llvm::MemoryBufferRef file, llvm::StringRef origin);

  /// Resolves aliases ("asyncio.events.get_event_loop" is
  /// "asyncio.get_event_loop"), also of the leading part of a name.
  std::string canonical(llvm::StringRef name) const;
  /// The same without allocating: \p name itself where no alias applies, else
  /// the contents of \p storage.
  llvm::StringRef canonical(llvm::StringRef name,
                            llvm::SmallVectorImpl<char> &storage) const;

  /// By canonical name. Pointers stay valid as long as the set.
  const ApiFunction *function(llvm::StringRef name) const;
  const ApiType *type(llvm::StringRef name) const;
  /// A method, searched in the type and its bases.
  const ApiFunction *method(llvm::StringRef type, llvm::StringRef name) const;
  const Returned *attribute(llvm::StringRef type, llvm::StringRef name) const;
  /// A module-level object of a library (`flask.request`).
  const Returned *object(llvm::StringRef name) const;
  /// A hook that \p type or a base calls, matching \p method.
  const Effect *hook(llvm::StringRef type, llvm::StringRef method) const;
  bool derivesFrom(llvm::StringRef type, llvm::StringRef base) const;
  /// Whether some model speaks of this module or anything below it.
  bool knowsModule(llvm::StringRef name) const;

  /// Types whose instances are event loops.
  llvm::ArrayRef<const ApiType *> loopTypes() const;
  /// Types whose instances are what one awaits.
  llvm::ArrayRef<const ApiType *> awaitableTypes() const;

  /// Canonical names, sorted.
  std::vector<llvm::StringRef> functionNames() const;
  std::vector<llvm::StringRef> typeNames() const;
  std::vector<llvm::StringRef> objectNames() const;
  /// The library that describes the object \p name.
  const LibraryInfo &libraryOfObject(llvm::StringRef name) const;

  llvm::ArrayRef<EntryRule> entryRules() const;
  llvm::ArrayRef<LibraryInfo> libraries() const;
  /// Words of which a file must contain one to matter on its own, sorted: the
  /// first parts of the names that start something (what only blocks, waits or
  /// tells something matters where other code leads to it), or the words that
  /// a model names itself.
  llvm::ArrayRef<std::string> triggerWords() const;
  /// What is known of functions whose names look like that, where nothing else
  /// is; null where there is nothing.
  const ApiFunction *functionAlike(llvm::StringRef name) const;
  /// Macros ("NAME=1") that Clang needs to see all of a library in C++20.
  const std::vector<std::string> &defines() const;

private:
  struct Tables;
  explicit ModelSet(std::unique_ptr<Tables> tables);

  std::unique_ptr<Tables> tables;
};

} // namespace looplint

#endif // LOOPLINT_MODELS_MODELS_H
