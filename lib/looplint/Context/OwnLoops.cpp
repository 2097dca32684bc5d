//===- OwnLoops.cpp - loop types that the program itself defines ----------===//
//
// Three kinds of methods make a class a loop. One calls, in a loop, what it
// takes out of a field: it runs the loop. One puts a parameter into that field:
// it hands the parameter to the loop. Where some of the latter hold a lock and
// others do not, the others are for the loop's own thread.
//
// Nothing is said of how long a callback may take: a queue of jobs with a
// thread of its own looks just the same, and its jobs may block.
//
//===----------------------------------------------------------------------===//

#include "OwnLoops.h"

#include "OwnMethods.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace looplint;

// A function with more operations does more than to look a loop up.
static constexpr unsigned mostLookUpOperations = 12;
static constexpr unsigned deepestLookUp = 4;

namespace looplint {

class OwnLoopFinder {
public:
  OwnLoopFinder(const Program &program, OwnLoops &result)
      : program(program), result(result) {}

  void examine(FileId file, ClassId id);
  void describeEnd(FileId file, ClassId id);
  /// Finds the variables that hold a thread's current loop, in one file, and
  /// the functions that hand it out. After all classes.
  void findCurrents(FileId file);
  void findLookUps(FileId file);

private:
  void describe(const OwnMethod &method, llvm::StringRef field, bool isRunner,
                bool isAffine);
  bool isLoopType(FileId file, ValueId type) const;
  bool isLoopObject(FileId file, FunctionId function, ValueId value) const;
  bool isMadeHere(FileId file, ValueId value) const;
  bool isThreadsOwn(FileId file, const Operation &bind) const;
  llvm::DenseSet<std::uint32_t> threadLocalsOf(FileId file) const;
  unsigned lookedUp(FileId file, ValueId value, unsigned depth = 0) const;
  const Entity *globalRead(FileId file, ValueId value) const;

  llvm::StringRef text(const OwnMethod &method, StringId id) const {
    return program.summary(method.file).string(id);
  }

  /// What a function may hand out: a loop that somebody installed, one that
  /// the thread has anyway, or something else.
  enum LookUp : unsigned { Installed = 1, Made = 2, Other = 4 };

  const Program &program;
  OwnLoops &result;
  /// Thread-local variables that are loops themselves.
  llvm::DenseSet<std::pair<std::uint32_t, std::uint32_t>> threadsOwn;
};

} // namespace looplint

/// Says of one method what it does to the loop.
void OwnLoopFinder::describe(const OwnMethod &method, llvm::StringRef field,
                             bool isRunner, bool isAffine) {
  auto api = std::make_unique<ApiFunction>();
  api->name = cppName(program.displayName(method.key));
  const Function &function = program.function(method.key);
  const Summary &summary = program.summary(method.file);
  for (const Parameter &parameter :
       llvm::drop_begin(summary.parametersOf(function)))
    api->parameters.push_back({.name = summary.string(parameter.name).str()});

  Reference receiver;
  receiver.kind = Reference::Receiver;
  if (isRunner) {
    Effect &run = api->effects.emplace_back();
    run.kind = EffectKind::RunLoop;
    run.loop = receiver;
    run.reentry = Reentry::Undefined;
  }
  for (const StoredParameter &stored : method.use.stored) {
    if (text(method, stored.field) != field)
      continue;
    if (isAffine && !stored.isLocked) {
      Effect &affine = api->effects.emplace_back();
      affine.kind = EffectKind::LoopAffine;
      affine.loop = receiver;
    }
    Effect &invokes = api->effects.emplace_back();
    invokes.kind = EffectKind::Invokes;
    invokes.callable.kind = Reference::Parameter;
    invokes.callable.name = api->parameters[stored.parameter - 1].name;
    invokes.on = Place::Loop;
    invokes.loop = receiver;
    invokes.later = true;
  }
  if (!api->effects.empty())
    result.methods.try_emplace(method.key.raw(), std::move(api));
}

void OwnLoopFinder::describeEnd(FileId file, ClassId id) {
  const Summary &summary = program.summary(file);
  const Class &type = summary.classOf(id);
  auto api = std::make_unique<ApiFunction>();
  api->name = cppName(
      (summary.string(type.qualifiedName) + ".~" + summary.string(type.name))
          .str());
  Effect &close = api->effects.emplace_back();
  close.kind = EffectKind::CloseLoop;
  close.loop.kind = Reference::Receiver;
  result.ends.try_emplace(program.key(file, id).raw(), std::move(api));
}

void OwnLoopFinder::examine(FileId file, ClassId id) {
  const Summary &summary = program.summary(file);
  std::vector<OwnMethod> methods = ownMethods(program, file, id);
  llvm::SmallVector<llvm::StringRef, 4> fields;
  bool hasLock = false;
  for (const OwnMethod &method : methods)
    for (const StoredParameter &stored : method.use.stored) {
      fields.push_back(text(method, stored.field));
      hasLock |= stored.isLocked;
    }

  // Runs one callback, or several; and what does that again and again.
  llvm::SmallVector<llvm::StringRef, 4> steps;
  llvm::SmallVector<llvm::StringRef, 4> run;
  bool isLooping = false;
  for (const OwnMethod &method : methods)
    for (StringId called : method.use.called)
      if (llvm::is_contained(fields, text(method, called))) {
        steps.push_back(method.name);
        run.push_back(text(method, called));
        isLooping |= method.use.callsInLoop;
      }
  for (const OwnMethod &method : methods)
    for (StringId called : method.use.calledInLoop)
      isLooping |= llvm::is_contained(steps, text(method, called));
  if (!isLooping)
    return result.ownLoaders.examine(
        program, program.key(file, id),
        summary.string(summary.classOf(id).qualifiedName), methods);

  result.loops.insert(program.key(file, id).raw());
  describeEnd(file, id);
  for (const OwnMethod &method : methods) {
    bool isRunner = llvm::is_contained(steps, method.name) ||
                    llvm::any_of(method.use.calledInLoop, [&](StringId called) {
                      return llvm::is_contained(steps, text(method, called));
                    });
    llvm::StringRef field;
    for (const StoredParameter &stored : method.use.stored)
      if (llvm::is_contained(run, text(method, stored.field)))
        field = text(method, stored.field);
    describe(method, field, isRunner, hasLock);
  }
}

//===----------------------------------------------------------------------===//
// The current loop
//===----------------------------------------------------------------------===//

bool OwnLoopFinder::isLoopType(FileId file, ValueId type) const {
  const Summary &summary = program.summary(file);
  if (!type || summary.value(type).kind != ValueKind::Entity)
    return false;
  const Entity *found =
      program.findEntity(program.symbol(file, StringId(summary.value(type).b)));
  return found && found->kind == Entity::Class &&
         result.isLoop(program.key(found->file, ClassId(found->index)));
}

/// `this` in a method of a loop type, or a value that is declared to be one.
bool OwnLoopFinder::isLoopObject(FileId file, FunctionId function,
                                 ValueId id) const {
  const Summary &summary = program.summary(file);
  if (!id)
    return false;
  const Value &value = summary.value(id);
  if (value.kind == ValueKind::Typed)
    return isLoopType(file, ValueId(value.b));
  llvm::ArrayRef<Parameter> parameters =
      summary.parametersOf(summary.function(function));
  return value.kind == ValueKind::Local && value.a < parameters.size() &&
         isLoopType(file, parameters[value.a].annotation);
}

/// The thread-local variables of a file, which its module annotates.
llvm::DenseSet<std::uint32_t> OwnLoopFinder::threadLocalsOf(FileId file) const {
  const Summary &summary = program.summary(file);
  llvm::DenseSet<std::uint32_t> threadLocals;
  for (const Function &function : summary.functions)
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      const Operation &op = summary.operation(OperationId(i));
      bool isModules = &function == summary.functions.data();
      if (op.kind != OperationKind::Annotate || op.target ||
          (!isModules && op.scope != FunctionId(0)))
        continue;
      const Value &annotation = summary.value(op.value);
      if (annotation.kind == ValueKind::Entity &&
          summary.string(StringId(annotation.a))
              .ends_with(language::threadLocal))
        threadLocals.insert(op.variable);
    }
  return threadLocals;
}

/// A loop that is made where the value stands.
bool OwnLoopFinder::isMadeHere(FileId file, ValueId id) const {
  const Summary &summary = program.summary(file);
  if (!id)
    return false;
  const Value &value = behindType(summary, id);
  return value.kind == ValueKind::Result &&
         isLoopType(file, summary.operation(OperationId(value.a)).value);
}

/// A variable that is a loop of the thread, from its first use on: it is bound
/// where it is defined, and nowhere else.
bool OwnLoopFinder::isThreadsOwn(FileId file, const Operation &bind) const {
  return bind.kind == OperationKind::Bind && isMadeHere(file, bind.value);
}

void OwnLoopFinder::findCurrents(FileId file) {
  const Summary &summary = program.summary(file);
  llvm::DenseSet<std::uint32_t> threadLocals = threadLocalsOf(file);
  if (threadLocals.empty())
    return;
  for (std::uint32_t f = 0; f < summary.functions.size(); ++f) {
    const Function &function = summary.functions[f];
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      const Operation &op = summary.operation(OperationId(i));
      bool isGlobal = f == 0 || op.scope == FunctionId(0);
      if (op.kind != OperationKind::Bind || !isGlobal ||
          !threadLocals.contains(op.variable))
        continue;
      if (isThreadsOwn(file, op))
        threadsOwn.insert({file.raw(), op.variable});
      else if (f != 0 && isLoopObject(file, FunctionId(f), op.value))
        result.currents.insert({file.raw(), op.variable});
    }
  }
}

/// The global that is the value; null for any other value.
const Entity *OwnLoopFinder::globalRead(FileId file, ValueId id) const {
  const Summary &summary = program.summary(file);
  const Value *value = id ? &summary.value(id) : nullptr;
  if (value && value->kind == ValueKind::Typed)
    value = &summary.value(ValueId(value->a));
  if (!value || value->kind != ValueKind::Entity)
    return nullptr;
  const Entity *found =
      program.findEntity(program.symbol(file, StringId(value->b)));
  return found && found->kind == Entity::Variable ? found : nullptr;
}

/// What the value is: sets bits of LookUp.
unsigned OwnLoopFinder::lookedUp(FileId file, ValueId id,
                                 unsigned depth) const {
  const Summary &summary = program.summary(file);
  if (!id || depth > deepestLookUp)
    return Other;
  const Value &value = behindType(summary, id);
  if (value.kind == ValueKind::Conditional) {
    unsigned found = 0;
    for (ValueId operand : summary.operandsOf(value))
      found |= lookedUp(file, operand, depth + 1);
    return found;
  }
  const Entity *read = globalRead(file, id);
  if (read && result.isCurrent(read->file, read->index))
    return Installed;
  bool isThreads = read && threadsOwn.contains({read->file.raw(), read->index});
  return isThreads ? Made : Other;
}

/// A function that returns the variable and nothing else asks for the current
/// loop, and goes wrong where there is none; with a loop that each thread has
/// anyway it does not.
void OwnLoopFinder::findLookUps(FileId file) {
  const Summary &summary = program.summary(file);
  for (std::uint32_t f = 1; f < summary.functions.size(); ++f) {
    const Function &function = summary.functions[f];
    if (function.operations.size() > mostLookUpOperations)
      continue;
    unsigned found = 0;
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      const Operation &op = summary.operation(OperationId(i));
      if (op.kind == OperationKind::Return)
        found |= lookedUp(file, op.value);
      else if (op.kind == OperationKind::Bind && !isThreadsOwn(file, op))
        found |= Other;
    }
    if (found == 0 || (found & Other))
      continue;
    FunctionKey key = program.key(file, FunctionId(f));
    auto api = std::make_unique<ApiFunction>();
    api->name = cppName(program.displayName(key));
    Effect &lookUp = api->effects.emplace_back();
    lookUp.kind = EffectKind::CurrentLoop;
    lookUp.raisesSince = 1; // whatever the version
    if (found & Made)
      result.makers.insert(api.get());
    api->returned.kind = Returned::Loop;
    api->returned.reference.kind = Reference::CurrentLoop;
    api->returned.loop.kind = Reference::CurrentLoop;
    result.methods.try_emplace(key.raw(), std::move(api));
  }
}

OwnLoops::OwnLoops(const Program &program) {
  OwnLoopFinder finder(program, *this);
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    const Summary &summary = program.summary(FileId(f));
    if (summary.language != Language::Cpp)
      continue;
    for (std::uint32_t i = 0; i < summary.classes.size(); ++i)
      finder.examine(FileId(f), ClassId(i));
  }
  if (loops.empty())
    return;
  auto forEachCppFile = [&](auto &&visit) {
    for (std::uint32_t f = 0; f < program.fileCount(); ++f)
      if (const Summary &summary = program.summary(FileId(f));
          summary.language == Language::Cpp && !summary.functions.empty())
        visit(FileId(f));
  };
  forEachCppFile([&](FileId file) { finder.findCurrents(file); });
  forEachCppFile([&](FileId file) { finder.findLookUps(file); });
}

const ApiFunction *OwnLoops::endOf(ClassKey key) const {
  auto found = ends.find(key.raw());
  return found == ends.end() ? nullptr : found->second.get();
}

const ApiFunction *OwnLoops::effectsOf(FunctionKey function) const {
  auto found = methods.find(function.raw());
  return found == methods.end() ? nullptr : found->second.get();
}
