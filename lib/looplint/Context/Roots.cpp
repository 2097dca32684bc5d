//===- Roots.cpp - where the program starts -------------------------------===//
//
// Proof starts at known roots: files that nobody imports run as scripts on the
// main thread, frameworks call what models say they call, and the body of a
// coroutine runs on a loop. After them come functions that nobody known calls:
// they run in an unknown context, which proves nothing itself, but a thread
// that they start is a thread.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "Solver.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"

using namespace looplint;

/// Modules that are the target of no import, or have a main guard.
void Solver::findScripts() {
  std::vector<bool> isImported(program.fileCount());
  scripts.assign(program.fileCount(), false);
  stars.resize(program.fileCount());
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    bool asksForName = false;
    bool namesMain = false;
    auto import = [&](llvm::StringRef dotted, unsigned dots) {
      std::optional<FileId> target = program.findModule(file, dotted, dots);
      if (target && *target != file)
        isImported[target->index()] = true;
    };
    for (const Value &value : summary.values) {
      if (value.kind == ValueKind::Module ||
          value.kind == ValueKind::ImportedName) {
        llvm::StringRef dotted = summary.string(StringId(value.a));
        import(dotted, value.b);
        if (value.kind == ValueKind::ImportedName)
          import(dotted.empty()
                     ? summary.string(StringId(value.c)).str()
                     : (dotted + "." + summary.string(StringId(value.c))).str(),
                 value.b);
      }
      asksForName |= value.kind == ValueKind::Unbound &&
                     summary.string(StringId(value.a)) == "__name__";
      namesMain |= value.kind == ValueKind::String &&
                   summary.string(StringId(value.a)) == "__main__";
    }
    for (const Operation &op : summary.operations)
      if (op.kind == OperationKind::ImportAll) {
        const Value &module = summary.value(op.value);
        llvm::StringRef dotted = summary.string(StringId(module.a));
        stars[f].push_back(
            {dotted, program.findModule(file, dotted, module.b)});
      }
    scripts[f] = asksForName && namesMain;
  }
  for (std::uint32_t f = 0; f < program.fileCount(); ++f)
    scripts[f] = scripts[f] || !isImported[f];
}

/// A context in which nothing has run yet.
static ExecutionContext freshOn(ThreadKind thread) {
  return {.thread = thread, .running = Running::No, .current = Current::Unset};
}

static ExecutionContext onLoop(std::uint32_t loop) {
  return {.thread = ThreadKind::LoopThread,
          .running = Running::Yes,
          .current = Current::Set,
          .runningLoop = ObjectId(loop),
          .currentLoop = ObjectId(loop)};
}

static bool importsModule(const Summary &summary, llvm::StringRef wanted) {
  return llvm::any_of(summary.values, [&](const Value &value) {
    if (value.kind != ValueKind::Module &&
        value.kind != ValueKind::ImportedName)
      return false;
    llvm::StringRef dotted = summary.string(StringId(value.a));
    return value.b == 0 && dotted.consume_front(wanted) &&
           (dotted.empty() || dotted.front() == '.');
  });
}

static bool matchesGlob(llvm::StringRef pattern, llvm::StringRef text) {
  llvm::Expected<llvm::GlobPattern> glob = llvm::GlobPattern::create(pattern);
  if (glob)
    return glob->match(text);
  llvm::consumeError(glob.takeError());
  return pattern == text;
}

static bool speaksOf(const EntryRule &rule, const Summary &summary) {
  if (!rule.imports.empty() && !importsModule(summary, rule.imports))
    return false;
  llvm::StringRef name = summary.path;
  name = name.drop_front(name.rfind('/') + 1);
  return rule.file.empty() || matchesGlob(rule.file, name);
}

static ExecutionContext contextOf(const Effect &entry, bool isAsync) {
  Place place =
      entry.syncOn != Place::Unspecified && !isAsync ? entry.syncOn : entry.on;
  switch (place) {
  case Place::Worker:
    return freshOn(ThreadKind::Worker);
  case Place::Loop:
  case Place::FreshLoop:
  case Place::WorkerFreshLoop:
    return onLoop(Heap::ambientLoop);
  case Place::Program:
    return freshOn(ThreadKind::Main);
  case Place::Process:
    return freshOn(ThreadKind::Process);
  default:
    break;
  }
  // Other tests or commands ran on this thread before.
  ExecutionContext main = freshOn(ThreadKind::Main);
  main.current = Current::Unknown;
  return main;
}

/// Its linkage tells its parameters in C++, behind a `#`, and its file, behind
/// an `@`.
static bool isMain(const Summary &summary, const Function &function) {
  if (!function.linkage)
    return false;
  llvm::StringRef linkage = summary.string(function.linkage);
  return linkage.consume_front(language::cppMain) &&
         (linkage.empty() || linkage.starts_with("#") ||
          linkage.starts_with("@"));
}

/// Each file of C++ initialises its globals; main runs when all have.
void Solver::addCppRoots() {
  ExecutionContext before = freshOn(ThreadKind::Main);
  before.importing = true;
  std::vector<FunctionKey> mains;
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    if (summary.language != Language::Cpp || summary.functions.empty())
      continue;
    addRoot(program.module(file), before, RootKind::Initialisation, nullptr);
    drain();
    for (std::uint32_t i = 1; i < summary.functions.size(); ++i)
      if (isMain(summary, summary.functions[i]))
        mains.push_back(program.key(file, FunctionId(i)));
  }
  for (FunctionKey main : mains) {
    addRoot(main, freshOn(ThreadKind::Main), RootKind::Main, nullptr);
    drain();
  }
}

void Solver::addRoots() {
  addCppRoots();
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    if (!isScript(file) || program.summary(file).functions.empty() ||
        program.summary(file).language == Language::Cpp)
      continue;
    ExecutionContext context = freshOn(ThreadKind::Main);
    RootKind kind = RootKind::Script;
    const Effect *entry = nullptr;
    for (const EntryRule &rule : models.entryRules()) {
      if (rule.function != "<module>" || !speaksOf(rule, program.summary(file)))
        continue;
      context = contextOf(rule.effect, false);
      // A framework runs the page as an import; what is run while a loop runs
      // below it is a program of its own.
      context.importing = context.running != Running::Yes;
      kind = RootKind::Framework;
      entry = &rule.effect;
    }
    addRoot(program.module(file), context, kind, entry);
    drain();
  }
}

/// Whether \p whole is the dotted name, or ends in it.
static bool endsInName(llvm::StringRef whole, llvm::StringRef name) {
  return whole.consume_back(name) && (whole.empty() || whole.ends_with("."));
}

/// Commands that an installer makes: each imports a module and calls one of its
/// functions.
void Solver::addConsoleScripts() {
  for (llvm::StringRef script : result.options.consoleScripts) {
    auto [module, name] = script.split(':');
    for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
      FileId file(f);
      const Summary &summary = program.summary(file);
      std::string place = summary.path;
      std::replace(place.begin(), place.end(), '/', '.');
      bool isThere = endsInName(program.moduleName(file), module) ||
                     endsInName(place, (module + ".py").str());
      for (std::uint32_t i = 1; isThere && i < summary.functions.size(); ++i) {
        const Function &function = summary.functions[i];
        bool isCalled = function.kind == FunctionKind::Plain &&
                        !function.isAsync && function.parent.index() == 0 &&
                        summary.string(function.name) == name;
        if (isCalled)
          addRoot(program.key(file, FunctionId(i)), freshOn(ThreadKind::Main),
                  RootKind::ConsoleScript, nullptr);
      }
    }
  }
  drain();
}

/// Arguments of a caller that nothing is known of. The receiver is of the class
/// that the method stands in; declared types and defaults of the others are
/// found when the function is executed.
llvm::SmallVector<SetId, 8> Solver::unknownArguments(FunctionKey key,
                                                     FrameId parent) {
  FileId file = facts(key).file;
  const Function &function = program.function(key);
  llvm::SmallVector<SetId, 8> arguments(function.parameters.size(),
                                        atoms.anything());
  if (arguments.empty() || !function.classOfMethod ||
      function.binding == Function::Static)
    return arguments;
  FrameId definer = result.frames[parent.index()].parent;
  AtomId owner =
      atoms.atom({.kind = AtomKind::Class,
                  .a = program.key(file, function.classOfMethod).index(),
                  .b = definer.raw()});
  arguments[0] = function.binding == Function::ClassMethod
                     ? atoms.only(owner)
                     : atoms.only({.kind = AtomKind::Object,
                                   .a = heap.genericObject(owner).index()});
  return arguments;
}

FrameId Solver::rootFrame(FunctionKey key) {
  FileId file = facts(key).file;
  const Function &function = program.function(key);
  if (function.kind == FunctionKind::Module)
    return moduleFrame(file);
  FrameId parent = facts(program.key(file, function.parent)).firstFrame;
  if (!parent)
    return FrameId();
  return frame(key, parent, unknownArguments(key, parent));
}

void Solver::addRoot(FunctionKey function, const ExecutionContext &context,
                     RootKind kind, const Effect *entry) {
  FrameId frame = rootFrame(function);
  if (!frame)
    return;
  InstanceId id = instance(frame, this->context(context));
  Instance &root = result.instances[id.index()];
  if (root.root != RootKind::None)
    return;
  root.root = kind;
  root.entry = entry;
  if (program.function(function).kind == FunctionKind::Module)
    moduleContexts[facts(function).file.index()] = root.context;
  if (root.evaluations == 0)
    enqueue(id);
}

/// The name that a rule's glob is matched with: a dot in it asks for what the
/// function is defined in, too. Empty where the rule does not speak of it.
static std::string nameForRule(const EntryRule &rule, const Summary &summary,
                               const Function &function) {
  if (function.kind != FunctionKind::Plain)
    return {};
  std::string name = summary.string(function.name).str();
  const Function &parent = summary.function(function.parent);
  if (llvm::StringRef(rule.function).contains('.'))
    return (summary.string(parent.name) + "." + name).str();
  // What a function defines, nobody else calls by its name alone.
  return parent.kind == FunctionKind::Plain ? std::string() : name;
}

/// Functions and methods that a framework calls by their names.
void Solver::addFrameworkRoots() {
  testFiles.assign(program.fileCount(), false);
  // What defines the function that is called has run at some time.
  auto run = [&](FunctionKey outer) {
    if (program.function(outer).kind != FunctionKind::Plain ||
        facts(outer).isReached)
      return;
    addRoot(outer, ExecutionContext(), RootKind::UnknownCaller, nullptr);
    drain();
  };
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    for (const EntryRule &rule : models.entryRules()) {
      if (rule.function == "<module>" || rule.effect.on == Place::Import ||
          !speaksOf(rule, summary))
        continue;
      testFiles[f] = testFiles[f] || rule.effect.isTest;
      for (std::uint32_t i = 1; i < summary.functions.size(); ++i) {
        const Function &function = summary.functions[i];
        bool isAsync = function.isAsync;
        if (isAsync && rule.effect.accepts == Accepts::Sync)
          continue;
        std::string name = nameForRule(rule, summary, function);
        if (name.empty() || !matchesGlob(rule.function, name))
          continue;
        run(program.key(file, function.parent));
        addRoot(program.key(file, FunctionId(i)),
                contextOf(rule.effect, isAsync), RootKind::Framework,
                &rule.effect);
      }
    }
  }
}

/// Modules and functions that no known code runs. They run in a context that
/// proves nothing, with arguments that may be anything. An outer function
/// comes before those that it defines.
void Solver::addUnreachedFunctions() {
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
      FunctionKey key = program.key(file, FunctionId(i));
      const Function &function = summary.functions[i];
      if (facts(key).isReached || function.isAsync || program.isRepeated(key))
        continue;
      ExecutionContext unknown;
      unknown.importing = function.kind == FunctionKind::Module;
      addRoot(key, unknown, RootKind::UnknownCaller, nullptr);
      runUnreached(summary.language);
    }
  }
  drain();
}

void Solver::addUnreachedCoroutines() {
  for (std::uint32_t i = 0; i < program.functionCount(); ++i) {
    FunctionKey key(i);
    if (facts(key).isReached || !program.function(key).isAsync ||
        program.isRepeated(key))
      continue;
    addRoot(key, onLoop(Heap::ambientLoop), RootKind::Coroutine, nullptr);
    drain();
  }
  // What only those coroutines define is reached by nobody else.
  addUnreachedFunctions();
}

void Solver::examine(FrameId frame) {
  InstanceId id = instance(frame, context(ExecutionContext()));
  if (result.instances[id.index()].evaluations == 0)
    enqueue(id);
}

const Outcome *Solver::import(InstanceId importer, FileId module,
                              ContextId context, Edge edge) {
  if (program.summary(module).functions.empty())
    return nullptr;
  ContextId &first = moduleContexts[module.index()];
  if (!first)
    first = context;
  if (first != context)
    return nullptr;
  return &enter(importer, moduleFrame(module), context, edge);
}

std::uint32_t Solver::variable(FunctionKey function, Symbol name) {
  FileId file = facts(function).file;
  const Summary &summary = program.summary(file);
  const Function &definition = program.function(function);
  std::uint64_t key = (std::uint64_t{function.index()} << 32) | 0xFFFF'FFFF;
  if (variableIndex.try_emplace(key, 0).second) {
    std::uint32_t number = 0;
    for (const Variable &variable : summary.variablesOf(definition)) {
      std::uint64_t named = (std::uint64_t{function.index()} << 32) |
                            program.symbol(file, variable.name).index();
      variableIndex[named] = number++;
    }
  }
  auto found = variableIndex.find((std::uint64_t{function.index()} << 32) |
                                  name.index());
  return found == variableIndex.end() ? Program::noVariable : found->second;
}

AtomId Solver::containerType(ValueKind kind) const {
  switch (kind) {
  case ValueKind::Set:
    return setType;
  case ValueKind::Dict:
    return dictionaryType;
  default:
    return listType;
  }
}
