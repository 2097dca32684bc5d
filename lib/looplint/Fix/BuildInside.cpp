//===- BuildInside.cpp - what belongs to a run is made in it --------------===//
//
// An object of the module that is bound to a loop, and that one coroutine alone
// uses, is made at that coroutine's beginning: then each run has its own. What
// is made of it, for the same coroutine, moves along. Where several functions
// use it, each run makes it anew in the module's variable.
//
//===----------------------------------------------------------------------===//

#include "CallOnTheWay.h"
#include "Cures.h"
#include "looplint/Fix/UnusedImports.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class Building {
public:
  Building(Workbench &bench, FileId file)
      : bench(bench), draft(bench), file(file),
        summary(bench.input.program.summary(file)), layout(bench.layout(file)) {
  }

  std::optional<Fix> moveFrom(OperationKey start, bool onlyIntoRuns);

private:
  bool take(std::uint32_t operation);
  bool takeUses(std::uint32_t variable);
  bool isBoundOnce(std::uint32_t variable) const;
  bool mentions(const Operation &operation, ValueKind kind,
                std::uint32_t variable) const;
  bool mentions(ValueId value, ValueKind kind, std::uint32_t variable) const;
  bool isRun(FunctionKey function) const;
  FunctionKey onlyUser(bool onlyIntoRuns) const;
  std::vector<FunctionKey> runsOfUsers() const;
  bool hasOwn(FunctionKey function, llvm::StringRef name) const;
  std::string takeLines();
  bool shareInRuns(const std::vector<FunctionKey> &runs);

  Workbench &bench;
  Draft draft;
  FileId file;
  const Summary &summary;
  const Layout &layout;
  std::set<std::uint32_t> statements; // that move, in order
  std::vector<std::uint32_t> pending; // variables whose uses were not seen
  std::vector<std::uint32_t> moved;   // variables
  std::set<FunctionKey> users;        // functions
};

} // namespace

bool Building::mentions(ValueId start, ValueKind kind,
                        std::uint32_t variable) const {
  return llvm::any_of(subvalues(summary, start), [&](ValueId id) {
    const Value &value = summary.value(id);
    return value.kind == kind &&
           (kind == ValueKind::Local ? value.a == variable
                                     : value.a == 0 && value.b == variable);
  });
}

bool Building::mentions(const Operation &operation, ValueKind kind,
                        std::uint32_t variable) const {
  if (mentions(operation.value, kind, variable) ||
      mentions(operation.target, kind, variable) ||
      mentions(operation.key, kind, variable))
    return true;
  return operation.kind == OperationKind::Call &&
         llvm::any_of(summary.argumentsOf(operation),
                      [&](const Argument &argument) {
                        return mentions(argument.value, kind, variable);
                      });
}

bool Building::isBoundOnce(std::uint32_t variable) const {
  IndexRange module = summary.function(FunctionId(0)).operations;
  unsigned binds = 0;
  for (std::uint32_t i = 0; i < summary.operations.size(); ++i) {
    const Operation &operation = summary.operations[i];
    if ((operation.kind != OperationKind::Bind &&
         operation.kind != OperationKind::Unbind) ||
        operation.variable != variable)
      continue;
    bool isOwn = module.begin <= i && i < module.end && !operation.scope;
    binds += isOwn || operation.scope == FunctionId(0);
  }
  return binds == 1;
}

/// The module's statement around the operation moves, which binds a name.
bool Building::take(std::uint32_t operation) {
  std::uint32_t index =
      layout.statementAt(summary.operations[operation].span.begin);
  if (index == Statement::none)
    return false;
  const Statement &statement = layout.statements()[index];
  llvm::StringRef text = bench.text({file, statement.span});
  bool mayMove = statement.parent == Statement::none &&
                 statement.kind == Statement::Simple &&
                 layout.hasLinesOfItsOwn(statement) && !text.contains('\n');
  if (!mayMove)
    return false;
  if (!statements.insert(index).second)
    return true;
  IndexRange module = summary.function(FunctionId(0)).operations;
  const Operation *bind = nullptr;
  for (std::uint32_t i = module.begin; i < module.end; ++i) {
    const Operation &each = summary.operations[i];
    bool isInside = statement.span.begin <= each.span.begin &&
                    each.span.end <= statement.span.end;
    if (!isInside || each.kind == OperationKind::Call)
      continue;
    if (each.kind != OperationKind::Bind || bind)
      return false;
    bind = &each;
  }
  if (!bind || !isBoundOnce(bind->variable))
    return false;
  pending.push_back(bind->variable);
  return true;
}

bool Building::takeUses(std::uint32_t variable) {
  const Program &program = bench.input.program;
  llvm::StringRef name = summary.string(
      summary.variablesOf(summary.function(FunctionId(0)))[variable].name);
  if (isImportedElsewhere(program, file, name))
    return false;
  for (const Parameter &parameter : summary.parameters)
    if (mentions(parameter.defaultValue, ValueKind::Local, variable))
      return false;
  for (std::uint32_t f = 0; f < summary.functions.size(); ++f) {
    const Function &function = summary.functions[f];
    ValueKind kind = f == 0 ? ValueKind::Local : ValueKind::Outer;
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      if (!mentions(summary.operations[i], kind, variable))
        continue;
      FunctionKey key = program.key(file, FunctionId(f));
      if (f == 0 && !take(i))
        return false;
      if (f != 0)
        users.insert(key);
    }
  }
  return true;
}

/// Nothing calls the coroutine but what runs a loop for it.
bool Building::isRun(FunctionKey function) const {
  llvm::ArrayRef<CallSite> sites = bench.sitesOf(function);
  return !sites.empty() && llvm::all_of(sites, [](const CallSite &site) {
    return site.kind == EdgeKind::Drives;
  });
}

/// The coroutine that alone uses it, if it may be made there; else invalid.
FunctionKey Building::onlyUser(bool onlyIntoRuns) const {
  if (users.size() != 1)
    return FunctionKey();
  FunctionKey user = *users.begin();
  bool mayMake = bench.isCoroutine(user) && !bench.function(user).isGenerator &&
                 bench.function(user).parent == FunctionId(0) &&
                 (!onlyIntoRuns || isRun(user));
  return mayMake ? user : FunctionKey();
}

/// The coroutines of this file that are run, and nothing else, and that alone
/// lead to the users; empty where others do, or may do.
std::vector<FunctionKey> Building::runsOfUsers() const {
  static constexpr std::size_t mostFunctions = 64;
  std::vector<FunctionKey> open(users.begin(), users.end());
  std::vector<FunctionKey> runs;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Function &function = bench.function(open[i]);
    bool isCode = function.kind == FunctionKind::Plain ||
                  function.kind == FunctionKind::Lambda;
    llvm::ArrayRef<CallSite> sites = bench.sitesOf(open[i]);
    if (!isCode || sites.empty() || open.size() > mostFunctions)
      return {};
    if (isRun(open[i])) {
      bool mayMake = bench.isCoroutine(open[i]) && !function.isGenerator &&
                     function.parent == FunctionId(0) &&
                     bench.input.program.fileOf(open[i]) == file;
      if (!mayMake)
        return {};
      runs.push_back(open[i]);
      continue;
    }
    for (const CallSite &site : sites)
      if (!llvm::is_contained(open, site.caller))
        open.push_back(site.caller);
  }
  llvm::sort(runs);
  return runs;
}

/// Takes the statements out of the module, and returns them.
std::string Building::takeLines() {
  std::string lines;
  for (auto at = statements.begin(); at != statements.end();) {
    Span gone = layout.linesOf(layout.statements()[*at]);
    auto next = at;
    for (; next != statements.end(); ++next) {
      const Statement &statement = layout.statements()[*next];
      if (next != at && layout.linesOf(statement).begin != gone.end)
        break;
      gone.end = layout.linesOf(statement).end;
      // With a comment behind it.
      lines +=
          (lines.empty() ? "" : "\n") +
          bench.text({file, {statement.span.begin, gone.end}}).rtrim().str();
    }
    at = next;
    draft.replace({file, layout.withGap(gone)}, "");
  }
  return lines;
}

bool Building::hasOwn(FunctionKey function, llvm::StringRef name) const {
  return llvm::any_of(summary.variablesOf(bench.function(function)),
                      [&](const Variable &variable) {
                        return summary.string(variable.name) == name;
                      });
}

/// Each run makes what the module's variable holds while it lasts.
bool Building::shareInRuns(const std::vector<FunctionKey> &runs) {
  llvm::ArrayRef<Variable> variables =
      summary.variablesOf(summary.function(FunctionId(0)));
  std::string lines = "global ";
  for (std::uint32_t variable : moved) {
    llvm::StringRef name = summary.string(variables[variable].name);
    lines += (variable == moved.front() ? "" : ", ") + name.str();
    if (llvm::any_of(runs, [&](FunctionKey run) { return hasOwn(run, name); }))
      return false;
  }
  lines += "\n" + takeLines();
  for (FunctionKey run : runs)
    draft.insertFirst(run, lines);
  return !runs.empty();
}

std::optional<Fix> Building::moveFrom(OperationKey start, bool onlyIntoRuns) {
  bool isTaken = take(bench.input.program.local(start).index());
  while (isTaken && !pending.empty()) {
    std::uint32_t variable = pending.back();
    pending.pop_back();
    moved.push_back(variable);
    isTaken = takeUses(variable);
  }
  if (!isTaken || users.empty())
    return std::nullopt;
  if (FunctionKey user = onlyUser(onlyIntoRuns))
    draft.insertFirst(user, takeLines());
  else if (!onlyIntoRuns || !shareInRuns(runsOfUsers()))
    return std::nullopt;
  return draft.finish(Applicability::Unsafe, "make it where it is used");
}

/// The first instance of the function that a root leads to.
static InstanceId reachedInstance(const Contexts &contexts,
                                  FunctionKey function) {
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i] && contexts.functionOf(InstanceId(i)) == function)
      return InstanceId(i);
  return InstanceId();
}

/// The module's own operation that leads to the finding's place.
static OperationKey inModule(const Workbench &bench,
                             const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  OperationKey at = subject.operation;
  InstanceId instance = subject.instance;
  if (!instance)
    instance = reachedInstance(contexts, bench.functionOf(at));
  return callOnTheWay(contexts, at, instance, [&](OperationKey operation) {
    return bench.function(bench.functionOf(operation)).kind ==
           FunctionKind::Module;
  });
}

/// The place's function makes a future that nothing in the program completes:
/// in its run it would be waited for without end, where so far the program
/// fails.
static bool isNeverCompleted(const Workbench &bench, OperationKey at) {
  const Contexts &contexts = bench.input.contexts;
  FunctionKey function = bench.functionOf(at);
  bool makesFuture = false;
  for (std::uint32_t i = 0; i < contexts.heap.objectCount(); ++i) {
    OperationKey site = contexts.heap[ObjectId(i)].site;
    bool isFuture = site && contexts.isAwaitable(ObjectId(i)) &&
                    !contexts.tasks.contains(i);
    makesFuture |= isFuture && bench.functionOf(site) == function;
  }
  return makesFuture && !bench.isWritten("set_result") &&
         !bench.isWritten("set_exception") && !bench.isWritten("cancel");
}

/// The object counts or collects over its runs: a method computes an attribute
/// from what that was before. Made anew in each run it would begin again.
static bool accumulates(Workbench &bench, OperationKey construction) {
  const Program &program = bench.input.program;
  for (FunctionKey constructor : bench.calledAt(construction)) {
    ClassId owner = bench.function(constructor).classOfMethod;
    FileId file = program.fileOf(constructor);
    const Summary &summary = program.summary(file);
    for (const Function &method : summary.functions) {
      if (!owner || method.classOfMethod != owner)
        continue;
      for (std::uint32_t i = method.operations.begin; i < method.operations.end;
           ++i) {
        const Operation &bind = summary.operations[i];
        if (bind.kind != OperationKind::BindAttribute)
          continue;
        llvm::StringRef target = bench.text({file, bind.inner});
        bool isItsOwn =
            llvm::any_of(subvalues(summary, bind.value), [&](ValueId id) {
              const Value &value = summary.value(id);
              return value.kind == ValueKind::Attribute &&
                     StringId(value.b) == bind.name;
            });
        if (isItsOwn && target.starts_with("self."))
          return true;
      }
    }
  }
  return false;
}

std::optional<Fix> cures::buildInside(Workbench &bench,
                                      const Finding &finding) {
  static constexpr std::uint16_t loaderOutlivesRun = 803;
  // A finding about the run itself is not about what made the object.
  const ApiFunction *api = bench.libraryFunction(finding.subject.operation);
  if (api && api->find(EffectKind::RunLoop))
    return std::nullopt;
  OperationKey at = inModule(bench, finding.subject);
  if (!at || bench.operation(at).kind != OperationKind::Call ||
      isNeverCompleted(bench, finding.subject.operation) ||
      (finding.code != loaderOutlivesRun && accumulates(bench, at)))
    return std::nullopt;
  return Building(bench, bench.input.program.fileOf(at))
      .moveFrom(at, finding.code != loaderOutlivesRun);
}
