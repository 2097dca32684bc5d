//===- Shown.cpp - what calls keep, and what C++ shows to Python ----------===//

#include "Shown.h"

#include "Interpreter.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

static llvm::StringRef lastPart(llvm::StringRef dotted) {
  return dotted.drop_front(dotted.rfind('.') + 1);
}

/// Whether the glob, which has one `*`, matches; what the `*` stands for.
static std::optional<llvm::StringRef> named(llvm::StringRef glob,
                                            llvm::StringRef name) {
  auto [before, after] = glob.split('*');
  bool isMatch = name.consume_front(before) && name.consume_back(after);
  return isMatch && !name.empty() ? std::optional(name) : std::nullopt;
}

/// Functions of C++ that make modules of Python, by the modules' names.
void Solver::findShownModules() {
  for (const EntryRule &rule : models.entryRules()) {
    if (rule.effect.on != Place::Import)
      continue;
    for (std::uint32_t i = 0; i < program.functionCount(); ++i) {
      FunctionKey key(i);
      FileId file = facts(key).file;
      const Summary &summary = program.summary(file);
      if (summary.language != Language::Cpp || program.isRepeated(key))
        continue;
      if (std::optional<llvm::StringRef> module =
              named(rule.function, summary.string(program.function(key).name)))
        shownModules.try_emplace(*module, key);
    }
  }
  cppNamesPython |= !shownModules.empty();
}

SetId Shown::module(llvm::StringRef dotted) {
  Solver &solver = in.solver;
  if (solver.shownModules.empty() || in.summary.language == Language::Cpp)
    return in.atoms.emptySet();
  auto found = solver.shownModules.find(
      dotted.rsplit('.').second.empty() ? dotted : dotted.rsplit('.').second);
  if (found == solver.shownModules.end() || in.models.knowsModule(dotted))
    return in.atoms.emptySet();
  OperationKey at = in.program.key(in.file, in.here);
  for (std::size_t dot = dotted.find('.'); dot != llvm::StringRef::npos;
       dot = dotted.find('.', dot + 1))
    if (std::optional<FileId> package =
            in.program.findModule(in.file, dotted.take_front(dot), 0))
      in.importModule(*package, at);
  FunctionKey maker = found->second;
  ExecutionContext importing = in.state.context;
  importing.importing = true;
  importing.interpreter = InterpreterLock::Held;
  FrameId frame =
      solver.frame(maker, solver.moduleFrame(solver.facts(maker).file), {});
  return solver
      .enter(in.self, frame, solver.context(importing),
             {.at = at, .kind = EdgeKind::Imports})
      .value;
}

SetId Shown::member(SetId modules, Symbol name) {
  SetId all = in.atoms.emptySet();
  for (AtomId id : in.atoms.members(modules))
    if (in.atoms[id].kind == AtomKind::Object)
      all = in.atoms.join(
          all, in.solver.read(in.heap.field(ObjectId(in.atoms[id].a), name),
                              in.self));
  return all;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

CellId Shown::cellOf(AtomId classAtom, Symbol name) {
  Symbol shown = in.program.symbols.intern(
      (in.program.symbols[name] + language::shownToPython).str());
  return in.heap.field(in.heap.genericObject(classAtom), shown);
}

SetId Shown::memberOfClass(AtomId classAtom, Symbol name) {
  bool isShown = !in.solver.shownModules.empty() &&
                 in.summary.language == Language::Python &&
                 in.isOfCpp(ClassKey(in.atoms[classAtom].a));
  return isShown ? in.solver.read(cellOf(classAtom, name), in.self)
                 : in.atoms.emptySet();
}

/// Python chooses among several by what it is given; which one that is, nobody
/// asks here.
SetId Shown::initialisers(AtomId classAtom, AtomId object) {
  bool isCpp = in.isOfCpp(ClassKey(in.atoms[classAtom].a)) &&
               in.summary.language == Language::Python;
  if (!isCpp)
    return in.atoms.emptySet();
  std::string pattern = (language::initialiser + "(*").str();
  return in.methodsLike(object, pattern);
}

SetId Shown::functionsIn(AtomId classAtom, llvm::StringRef name) {
  bool isShown = !in.solver.shownModules.empty() &&
                 in.atoms[classAtom].kind == AtomKind::Class &&
                 in.summary.language == Language::Python &&
                 in.isOfCpp(ClassKey(in.atoms[classAtom].a));
  SetId functions = in.atoms.emptySet();
  if (!isShown)
    return functions;
  CellId cell = cellOf(classAtom, in.program.symbols.intern(name));
  SetId kept = in.solver.read(cell, in.self);
  for (AtomId id : in.atoms.members(kept))
    if (in.atoms[id].kind == AtomKind::Function)
      functions = in.atoms.join(functions, in.atoms.only(id));
  return functions;
}

SetId Shown::readProperty(AtomId classAtom, Symbol name, AtomId object) {
  if (!object)
    return SetId();
  std::string reading = (in.program.symbols[name] + " read").str();
  SetId getters = functionsIn(classAtom, reading);
  if (getters == in.atoms.emptySet())
    return SetId();
  CallArguments arguments;
  arguments.positional.push_back(in.atoms.only(object));
  return in.invokeAll(getters, arguments, in.edgeHere(EdgeKind::Call, SetId()));
}

bool Shown::writeProperty(AtomId object, Symbol name, SetId value) {
  if (in.solver.shownModules.empty() ||
      in.atoms[object].kind != AtomKind::Object)
    return false;
  AtomId type = in.heap[ObjectId(in.atoms[object].a)].type;
  std::string writing = (in.program.symbols[name] + " written").str();
  SetId setters = in.atoms.emptySet();
  if (type)
    for (AtomId base : llvm::SmallVector<AtomId, 4>(in.linearise(type)))
      setters = in.atoms.join(setters, functionsIn(base, writing));
  if (setters == in.atoms.emptySet())
    return false;
  CallArguments arguments;
  arguments.positional = {in.atoms.only(object), value};
  in.invokeAll(setters, arguments, in.edgeHere(EdgeKind::Call, SetId()));
  return true;
}

//===----------------------------------------------------------------------===//
// What calls keep
//===----------------------------------------------------------------------===//

void Shown::keepAs(SetId holders, Symbol name, SetId value) {
  for (AtomId id : in.atoms.members(holders)) {
    if (in.atoms[id].kind == AtomKind::Object)
      in.storeField(ObjectId(in.atoms[id].a), name, value);
    if (in.atoms[id].kind == AtomKind::Class)
      in.solver.write(cellOf(id, name), value);
  }
}

/// The structures in it that are told from each other.
llvm::SmallVector<AtomId, 8> Shown::rowsOf(SetId table) {
  llvm::SmallVector<AtomId, 8> rows;
  for (AtomId id : in.atoms.members(table)) {
    if (in.atoms[id].kind == AtomKind::Tuple) {
      for (SetId row : in.atoms[SequenceId(in.atoms[id].a)])
        llvm::append_range(rows, in.atoms.members(row));
      continue;
    }
    SetId elements = in.element(in.atoms.only(id), noPosition);
    llvm::append_range(rows, in.atoms.members(elements));
  }
  llvm::erase_if(rows, [&](AtomId id) {
    return in.atoms[id].kind != AtomKind::Object ||
           !in.heap[ObjectId(in.atoms[id].a)].site;
  });
  return rows;
}

SetId Shown::anyRow(SetId table) {
  SetId all = in.atoms.emptySet();
  for (AtomId id : in.atoms.members(table)) {
    SetId only = in.atoms.only(id);
    bool isTable = in.atoms[id].kind == AtomKind::Tuple;
    all = in.atoms.join(all, isTable ? in.element(only, noPosition) : only);
  }
  return all;
}

void Shown::keepRows(const Effect &effect, const LibraryCall &call) {
  llvm::StringRef field = effect.field;
  field.consume_front("{each.");
  Symbol naming = in.program.symbols.intern(field.drop_back());
  SetId holders = in.resolve(effect.holder, call);
  for (AtomId row : rowsOf(in.resolve(effect.subject, call))) {
    SetId names = member(in.atoms.only(row), naming);
    llvm::ArrayRef<AtomId> texts = in.atoms.members(names);
    if (texts.size() == 1 && in.atoms[texts.front()].kind == AtomKind::String)
      keepAs(holders, Symbol(in.atoms[texts.front()].a), in.atoms.only(row));
  }
}

/// What a text names, or what a function without a body is named; empty for
/// others.
llvm::StringRef Shown::nameIn(AtomId id) const {
  AtomKind kind = in.atoms[id].kind;
  if (kind != AtomKind::String && kind != AtomKind::External)
    return "";
  llvm::StringRef text = in.program.symbols[Symbol(in.atoms[id].a)];
  return lastPart(nameInSignature(text));
}

/// `field = "{name}"`: under the text in a parameter, or in a field of it, and
/// what follows the brace. Of a dotted one the last part counts.
void Shown::keepNamed(SetId holders, llvm::StringRef naming, SetId value,
                      const LibraryCall &call) {
  if (value == in.atoms.emptySet())
    return;
  auto [inside, suffix] = naming.split('}');
  auto [parameter, field] = inside.split('.');
  SetId names = in.parameterValue(parameter.str(), call);
  if (!field.empty())
    names = in.fieldOf(names, field, call);
  for (AtomId id : in.atoms.members(names)) {
    if (llvm::StringRef name = nameIn(id); !name.empty())
      keepAs(holders, in.program.symbols.intern((name + suffix).str()), value);
  }
}

/// Puts the argument, its elements, or what was made of it into the container
/// or the field.
void Interpreter::keep(const Effect &effect, const LibraryCall &call) {
  llvm::StringRef field = effect.field;
  if (field.starts_with("{each.")) {
    Shown(*this).keepRows(effect, call);
    return;
  }
  SetId value = effect.loop ? resolveLoop(effect.loop, call)
                            : resolve(effect.subject, call);
  if (effect.keepsResult)
    value = handedResult ? handedResult : returnedBy(call, call.api.returned);
  if (effect.keepsElements)
    value = element(value, noPosition);
  if (effect.arguments || effect.keywords || !effect.passed.empty())
    value = partialOf(value, handedArguments(effect, call));
  SetId holders = resolve(effect.holder, call);
  if (field.consume_front("{")) {
    Shown(*this).keepNamed(holders, field, value, call);
    return;
  }
  if (field.starts_with("<")) {
    Shown(*this).keepAs(holders, program.symbols.intern(field), value);
    return;
  }
  for (AtomId id : atoms.members(holders)) {
    if (atoms[id].kind != AtomKind::Object)
      continue;
    ObjectId holder(atoms[id].a);
    // Any vector of C++ may be meant where nobody knows which one is.
    bool isAnyOne = isCppName(call.api.name) && !heap[holder].site;
    if (field.empty() && !isAnyOne)
      solver.write(heap.elements(holder), forKey(value));
    else if (!field.empty() && value != atoms.emptySet())
      storeField(holder, program.symbols.intern(field), value);
    // Its result is there from here on.
    bool isDone = effect.loop.kind == Reference::RunningLoop;
    if (isDone && !llvm::is_contained(state.finished, id))
      state.finished.push_back(id);
  }
}
