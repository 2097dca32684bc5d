//===- LoopInSight.cpp ----------------------------------------------------===//

#include "LoopInSight.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

//===----------------------------------------------------------------------===//
// What holds a loop already
//===----------------------------------------------------------------------===//

/// One loop has several objects where a library wraps another's.
static ObjectId identity(const Heap &heap, ObjectId loop) {
  return heap[loop].wrapped ? heap[loop].wrapped : loop;
}

/// All that the value may be is such a loop, or nothing yet.
static bool isLoopOf(const Contexts &contexts, SetId value,
                     llvm::ArrayRef<ObjectId> loops) {
  bool isLoop = false;
  for (AtomId id : contexts.atoms.members(value)) {
    const Atom &atom = contexts.atoms[id];
    if (atom.kind == AtomKind::None)
      continue;
    if (atom.kind != AtomKind::Object ||
        !contexts.heap[ObjectId(atom.a)].isLoop)
      return false;
    ObjectId loop = identity(contexts.heap, ObjectId(atom.a));
    bool isWanted = loops.empty() || llvm::any_of(loops, [&](ObjectId wanted) {
                      return identity(contexts.heap, wanted) == loop;
                    });
    if (!isWanted)
      return false;
    isLoop = true;
  }
  return isLoop;
}

/// The alphabetically first attribute of the objects that holds such a loop.
static std::string attributeOf(const Workbench &bench, SetId objects,
                               llvm::ArrayRef<ObjectId> loops) {
  const Contexts &contexts = bench.input.contexts;
  const Symbols &symbols = bench.input.program.symbols;
  std::string best;
  for (AtomId id : contexts.atoms.members(objects)) {
    const Atom &atom = contexts.atoms[id];
    if (atom.kind != AtomKind::Object)
      continue;
    for (const auto &[field, cell] : contexts.heap[ObjectId(atom.a)].fields) {
      std::string name = symbols[Symbol(field)].str();
      bool isBetter = best.empty() || name < best;
      if (isBetter && isLoopOf(contexts, contexts.heap[cell].value, loops))
        best = name;
    }
  }
  return best;
}

/// A name that source code can use.
static bool isWritable(llvm::StringRef name) {
  return !name.empty() && !name.starts_with("<");
}

namespace {

/// The variables that code of one instance sees, the nearest ones first.
class Sight {
public:
  Sight(const Workbench &bench, llvm::ArrayRef<ObjectId> loops)
      : bench(bench), loops(loops) {}

  std::string search(FrameId start);

private:
  std::string inVariable(const Function &function, llvm::StringRef name,
                         std::uint32_t variable, SetId value) const;
  std::string inFrame(const Frame &frame, bool isOwn) const;
  std::string inModule(FileId file) const;

  const Workbench &bench;
  llvm::ArrayRef<ObjectId> loops;
};

} // namespace

std::string Sight::inVariable(const Function &function, llvm::StringRef name,
                              std::uint32_t variable, SetId value) const {
  bool isSelf = variable == 0 && function.classOfMethod &&
                function.binding == Function::Method;
  if (isSelf) {
    std::string attribute = attributeOf(bench, value, loops);
    return attribute.empty() ? "" : name.str() + "." + attribute;
  }
  return isLoopOf(bench.input.contexts, value, loops) ? name.str() : "";
}

std::string Sight::inFrame(const Frame &frame, bool isOwn) const {
  const Contexts &contexts = bench.input.contexts;
  const Function &function = bench.function(frame.function);
  const Summary &summary = bench.summaryOf(frame.function);
  llvm::ArrayRef<SetId> arguments = contexts.atoms[frame.arguments];
  llvm::ArrayRef<Variable> variables = summary.variablesOf(function);
  for (std::uint32_t i = 0; i < variables.size(); ++i) {
    auto cell = frame.cells.find(i);
    bool isKnownHere = isOwn && i < arguments.size();
    if (cell == frame.cells.end() && !isKnownHere)
      continue;
    llvm::StringRef name = summary.string(variables[i].name);
    SetId value = cell == frame.cells.end() ? arguments[i]
                                            : contexts.heap[cell->second].value;
    std::string found =
        isWritable(name) ? inVariable(function, name, i, value) : "";
    if (!found.empty())
      return found;
  }
  return "";
}

std::string Sight::inModule(FileId file) const {
  FunctionKey module = bench.input.program.module(file);
  for (const Frame &frame : bench.input.contexts.frames)
    if (frame.function == module)
      return inFrame(frame, /*isOwn=*/false);
  return "";
}

std::string Sight::search(FrameId start) {
  const Contexts &contexts = bench.input.contexts;
  FileId file =
      bench.input.program.fileOf(contexts.frames[start.index()].function);
  for (FrameId at = start; at; at = contexts.frames[at.index()].parent) {
    const Frame &frame = contexts.frames[at.index()];
    if (bench.function(frame.function).kind == FunctionKind::ClassBody)
      continue;
    std::string found = inFrame(frame, at == start);
    if (!found.empty())
      return found;
  }
  return inModule(file);
}

std::string looplint::loopInSight(const Workbench &bench,
                                  const FindingSubject &subject,
                                  llvm::ArrayRef<ObjectId> loops) {
  const Contexts &contexts = bench.input.contexts;
  if (!subject.instance)
    return "";
  return Sight(bench, loops).search(contexts[subject.instance].frame);
}

/// What the variable of the frame's function may hold.
static SetId variableIn(const Contexts &contexts, FrameId frame,
                        std::uint32_t variable) {
  const Frame &at = contexts.frames[frame.index()];
  auto cell = at.cells.find(variable);
  if (cell != at.cells.end())
    return contexts.heap[cell->second].value;
  llvm::ArrayRef<SetId> arguments = contexts.atoms[at.arguments];
  return variable < arguments.size() ? arguments[variable] : SetId(0);
}

std::vector<AtomId> looplint::knownValues(const Workbench &bench, FrameId frame,
                                          ValueId id) {
  const Contexts &contexts = bench.input.contexts;
  const Program &program = bench.input.program;
  FunctionKey function = contexts.frames[frame.index()].function;
  FileId file = program.fileOf(function);
  const Value &value = program.summary(file).value(id);
  if (value.kind == ValueKind::Local)
    return contexts.atoms.members(variableIn(contexts, frame, value.a)).vec();
  if (value.kind == ValueKind::Outer) {
    FunctionKey outer = program.key(file, FunctionId(value.a));
    while (frame && contexts.frames[frame.index()].function != outer)
      frame = contexts.frames[frame.index()].parent;
    if (!frame)
      return {};
    return contexts.atoms.members(variableIn(contexts, frame, value.b)).vec();
  }
  std::vector<AtomId> found;
  if (value.kind != ValueKind::Attribute)
    return found;
  Symbol name = program.symbol(file, StringId(value.b));
  const Value &object = program.summary(file).value(ValueId(value.a));
  if (object.kind != ValueKind::Local && object.kind != ValueKind::Outer)
    return found;
  for (AtomId owner : knownValues(bench, frame, ValueId(value.a))) {
    const Atom &atom = contexts.atoms[owner];
    if (atom.kind != AtomKind::Object)
      continue;
    if (CellId cell = contexts.heap.existingField(ObjectId(atom.a), name))
      llvm::append_range(found,
                         contexts.atoms.members(contexts.heap[cell].value));
  }
  return found;
}

OperationKey looplint::constructionOf(const Workbench &bench, FrameId frame,
                                      ValueId value) {
  const Contexts &contexts = bench.input.contexts;
  OperationKey made;
  for (AtomId id : knownValues(bench, frame, value)) {
    const Atom &atom = contexts.atoms[id];
    if (atom.kind == AtomKind::None)
      continue;
    OperationKey site = atom.kind == AtomKind::Object
                            ? contexts.heap[ObjectId(atom.a)].site
                            : OperationKey();
    if (!site || (made && made != site))
      return OperationKey();
    made = site;
  }
  if (made)
    return made;
  // Of variables that no other function sees the analysis keeps nothing.
  FunctionKey function = contexts.frames[frame.index()].function;
  FileId file = bench.input.program.fileOf(function);
  return bench.callBehind(
      file, bench.boundTo(file, bench.input.program.local(function), value));
}

const ApiType *looplint::constructedType(const Workbench &bench,
                                         OperationKey call) {
  const ApiFunction *made = bench.operation(call).kind == OperationKind::Call
                                ? bench.libraryFunction(call)
                                : nullptr;
  const ApiType *type = made ? bench.input.models.type(made->name) : nullptr;
  return type && &type->constructor == made ? type : nullptr;
}

//===----------------------------------------------------------------------===//
// What can be made to hold it
//===----------------------------------------------------------------------===//

bool looplint::runsUnder(const Workbench &bench, FunctionKey function,
                         llvm::ArrayRef<ObjectId> loops) {
  const Contexts &contexts = bench.input.contexts;
  auto isWanted = [&](ObjectId loop) {
    return loops.empty() || (loop && llvm::any_of(loops, [&](ObjectId wanted) {
                               return identity(contexts.heap, wanted) ==
                                      identity(contexts.heap, loop);
                             }));
  };
  bool isRun = false;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    const Instance &instance = contexts.instances[i];
    if (!contexts.isReached[i] ||
        contexts.frameOf(instance).function != function)
      continue;
    const ExecutionContext &context = contexts[instance.context];
    if (context.running != Running::Yes || !isWanted(context.runningLoop))
      return false;
    isRun = true;
  }
  return isRun;
}

FunctionKey looplint::constructorOf(const Workbench &bench,
                                    FunctionKey method) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(method);
  const Summary &summary = program.summary(file);
  ClassId owner = bench.function(method).classOfMethod;
  for (std::uint32_t i = 0; owner && i < summary.functions.size(); ++i)
    if (summary.functions[i].classOfMethod == owner &&
        summary.string(summary.functions[i].name) == "__init__")
      return program.key(file, FunctionId(i));
  return FunctionKey();
}

/// What the method calls the object it is called on.
static std::string selfOf(const Workbench &bench, FunctionKey method) {
  const Summary &summary = bench.summaryOf(method);
  const Function &function = bench.function(method);
  if (!function.classOfMethod || function.binding != Function::Method ||
      function.parameters.size() == 0)
    return "";
  return summary.string(summary.parametersOf(function).front().name).str();
}

std::string looplint::keepInAttribute(Workbench &bench, Draft &draft,
                                      FunctionKey method, FunctionKey where,
                                      const std::string &lookup) {
  if (!where)
    where = constructorOf(bench, method);
  if (!where || !runsUnder(bench, where, {}) ||
      bench.function(where).classOfMethod !=
          bench.function(method).classOfMethod)
    return "";
  FileId file = bench.input.program.fileOf(where);
  std::string self = selfOf(bench, where);
  std::string name =
      bench.freeName(file, {"_loop", "loop", "_event_loop", "_running_loop"});
  std::string reader = selfOf(bench, method);
  if (self.empty() || reader.empty() || name.empty())
    return "";
  draft.insertFirst(where, self + "." + name + " = " + lookup);
  return reader + "." + name;
}

std::string looplint::keepInVariable(Workbench &bench, Draft &draft,
                                     FunctionKey outer, FunctionKey inner) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(outer);
  if (file != program.fileOf(inner) || !runsUnder(bench, outer, {}))
    return "";
  const Summary &summary = program.summary(file);
  FunctionId at = summary.function(program.local(inner)).parent;
  while (at && at != program.local(outer))
    at = summary.function(at).parent;
  std::string name =
      bench.freeName(file, {"loop", "running_loop", "event_loop"});
  bool isPlain = bench.function(outer).kind == FunctionKind::Plain;
  if (!at || !isPlain || name.empty())
    return "";
  draft.insertFirst(outer, name + " = " +
                               draft.name(file, "asyncio", "get_running_loop") +
                               "()");
  return name;
}
