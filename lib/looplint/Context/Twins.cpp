//===- Twins.cpp - functions that exist in a sync and an async form -------===//
//
// `get` beside `get_async`, `aget`, `async_get` or `getAsync`, in one class (or
// its bases) or one module, with parameters that fit. A call of the sync form
// is noted where a loop runs; whether it does any harm, the rule finds out.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

/// The names that a sync form of the coroutine function \p name would have.
static llvm::SmallVector<std::string, 2> syncNames(llvm::StringRef name) {
  llvm::SmallVector<std::string, 2> names;
  llvm::StringRef rest = name.ltrim('_');
  std::string underscores = name.drop_back(rest.size()).str();
  auto add = [&](llvm::StringRef part) {
    if (!part.empty() && part != "_")
      names.push_back(underscores + part.str());
  };
  llvm::StringRef part = rest;
  if (part.consume_back("_async") || part.consume_front("async_"))
    add(part);
  part = rest;
  if (part.consume_back("Async"))
    add(part);
  part = rest;
  if (part.consume_front("a") && !part.starts_with("_"))
    add(part);
  return names;
}

/// By the name of a sync form: the coroutine functions' names that would be its
/// async one, wherever they stand.
void Solver::collectTwins() {
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    const Summary &summary = program.summary(FileId(f));
    for (const Function &function : summary.functions) {
      if (!function.isAsync || function.kind != FunctionKind::Plain)
        continue;
      Symbol name = program.symbol(FileId(f), function.name);
      for (const std::string &sync : syncNames(summary.string(function.name))) {
        Symbol found = program.symbols.find(sync);
        if (found && !llvm::is_contained(asyncForms[found.raw()], name))
          asyncForms[found.raw()].push_back(name);
      }
    }
  }
}

/// Whether what is passed to \p sync can be passed to \p async: it has the
/// parameters, and needs no others.
static bool fits(const Program &program, FileId syncFile, const Function &sync,
                 FileId asyncFile, const Function &async) {
  const Summary &syncText = program.summary(syncFile);
  const Summary &asyncText = program.summary(asyncFile);
  auto isRest = [](const Parameter &parameter) {
    return parameter.kind == Parameter::Rest ||
           parameter.kind == Parameter::RestKeywords;
  };
  llvm::ArrayRef<Parameter> taken = asyncText.parametersOf(async);
  llvm::ArrayRef<Parameter> given = syncText.parametersOf(sync);
  bool takesAny = llvm::any_of(taken, isRest) || llvm::any_of(given, isRest);
  if (takesAny)
    return true;
  auto has = [](const Summary &text, llvm::ArrayRef<Parameter> parameters,
                llvm::StringRef name) {
    return llvm::any_of(parameters, [&](const Parameter &parameter) {
      return text.string(parameter.name) == name;
    });
  };
  bool allTaken = llvm::all_of(given, [&](const Parameter &parameter) {
    return has(asyncText, taken, syncText.string(parameter.name));
  });
  return allTaken && llvm::all_of(taken, [&](const Parameter &parameter) {
           return parameter.defaultValue ||
                  has(syncText, given, asyncText.string(parameter.name));
         });
}

/// The coroutine function among \p found that goes with \p sync.
FunctionKey Interpreter::fittingTwin(FunctionKey sync, SetId found) {
  const FunctionFacts &known = solver.facts(sync);
  for (AtomId id : atoms.members(found)) {
    if (atoms[id].kind != AtomKind::Function)
      continue;
    FunctionKey key(atoms[id].a);
    const FunctionFacts &twin = solver.facts(key);
    // What a decorator has put in the place of the sync form takes anything.
    bool isWrapper =
        !known.definition->classOfMethod != !twin.definition->classOfMethod;
    if (twin.definition->isAsync &&
        (isWrapper || fits(program, known.file, *known.definition, twin.file,
                           *twin.definition)))
      return key;
  }
  return FunctionKey();
}

FunctionKey Interpreter::asyncFormOf(AtomId callee, Symbol called) {
  const Atom atom = atoms[callee];
  AtomId function = atom.kind == AtomKind::Method ? AtomId(atom.a) : callee;
  if (atoms[function].kind != AtomKind::Function)
    return FunctionKey();
  FunctionKey sync(atoms[function].a);
  const FunctionFacts &known = solver.facts(sync);
  if (known.definition->isAsync)
    return FunctionKey();
  auto names = solver.asyncForms.find(called.raw());
  if (names == solver.asyncForms.end())
    return FunctionKey();
  for (Symbol name : llvm::SmallVector<Symbol, 2>(names->second)) {
    FunctionKey twin;
    if (atom.kind == AtomKind::Method) {
      const Atom receiver = atoms[AtomId(atom.b)];
      AtomId type = receiver.kind == AtomKind::Object
                        ? heap[ObjectId(receiver.a)].type
                        : AtomId(atom.b);
      if (!type || atoms[type].kind != AtomKind::Class)
        continue;
      for (AtomId each : llvm::SmallVector<AtomId, 4>(linearise(type)))
        if (!twin && atoms[each].kind == AtomKind::Class)
          twin = fittingTwin(sync, classVariable(each, name));
    } else if (solver.facts(program.key(known.file, known.definition->parent))
                   .definition->kind == FunctionKind::Module) {
      twin = fittingTwin(sync, attributeOfModule(known.file, name));
    }
    if (twin)
      return twin;
  }
  return FunctionKey();
}

/// Remembers that a sync form is called on a loop.
void Interpreter::noteTwins(std::uint32_t index, SetId callees) {
  if (solver.asyncForms.empty())
    return;
  const Value &callee = summary.value(summary.operations[index].value);
  for (AtomId id : atoms.members(callees)) {
    const Atom &atom = atoms[id];
    if (atom.kind != AtomKind::Method && atom.kind != AtomKind::Function)
      continue;
    AtomId function = atom.kind == AtomKind::Method ? AtomId(atom.a) : id;
    if (atoms[function].kind != AtomKind::Function)
      continue;
    const FunctionFacts &known = solver.facts(FunctionKey(atoms[function].a));
    Symbol called = callee.kind == ValueKind::Attribute
                        ? symbolOf(StringId(callee.b))
                        : program.symbol(known.file, known.definition->name);
    if (FunctionKey twin = asyncFormOf(id, called))
      result.instances[self.index()].twinCalls.push_back(
          {.at = program.key(file, index),
           .called = FunctionKey(atoms[function].a),
           .twin = twin,
           .name = called});
  }
}
