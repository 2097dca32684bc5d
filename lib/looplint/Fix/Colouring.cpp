//===- Colouring.cpp ------------------------------------------------------===//

#include "Colouring.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class Colouring {
public:
  Colouring(Workbench &bench, Draft &draft) : bench(bench), draft(draft) {}

  void run(FunctionKey first);

private:
  void demand(FunctionKey function);
  bool mayBecomeCoroutine(FunctionKey function);
  void markAsync(FunctionKey function);
  std::vector<CallSite> sitesOf(FunctionKey function);
  void adapt(const CallSite &site);

  Workbench &bench;
  Draft &draft;
  llvm::DenseSet<std::uint32_t> coloured;
  std::vector<FunctionKey> pending;
};

} // namespace

void Colouring::demand(FunctionKey function) {
  if (!bench.isCoroutine(function) && coloured.insert(function.index()).second)
    pending.push_back(function);
}

/// The definition goes through a decorator that may want a plain function.
static bool isDecorated(const Workbench &bench, FunctionKey function) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(function);
  const Summary &summary = program.summary(file);
  return llvm::any_of(summary.operations, [&](const Operation &operation) {
    if (operation.kind != OperationKind::Call || !operation.isDecorator)
      return false;
    llvm::ArrayRef<Argument> arguments = summary.argumentsOf(operation);
    if (arguments.empty() || !arguments.front().value)
      return false;
    const Value &value = summary.value(arguments.front().value);
    return value.kind == ValueKind::Function &&
           value.a == program.local(function).index();
  });
}

static bool accepts(const Effect *effect) {
  return effect &&
         (effect->accepts == Accepts::Both || effect->accepts == Accepts::Any ||
          effect->accepts == Accepts::CoroutineFunction);
}

/// Whoever is given the function there takes coroutine functions as well.
static bool takesCoroutines(const Workbench &bench, const CallSite &site,
                            FunctionKey function) {
  bool isTaken = false;
  for (const Instance &instance : bench.input.contexts.instances)
    for (const Handover &handover : instance.handovers) {
      bool isThis =
          handover.hook ? handover.hook == function : handover.at == site.at;
      if (isThis && !accepts(handover.effect))
        return false;
      isTaken |= isThis;
    }
  return isTaken;
}

bool Colouring::mayBecomeCoroutine(FunctionKey function) {
  const Program &program = bench.input.program;
  const Function &definition = bench.function(function);
  llvm::StringRef name =
      program.summary(program.fileOf(function)).string(definition.name);
  if (definition.kind != FunctionKind::Plain || definition.isGenerator ||
      definition.binding == Function::Property ||
      (name.starts_with("__") && name.ends_with("__")) ||
      isDecorated(bench, function))
    return false;
  bool isAwaitedByFramework = false;
  const Contexts &contexts = bench.input.contexts;
  for (const Instance &instance : contexts.instances) {
    if (contexts.frameOf(instance).function != function ||
        instance.root != RootKind::Framework)
      continue;
    if (!accepts(instance.entry))
      return false; // it would drop the coroutine
    isAwaitedByFramework = true;
  }
  llvm::ArrayRef<CallSite> sites = bench.sitesOf(function);
  return (isAwaitedByFramework || !sites.empty()) &&
         llvm::all_of(sites, [&](const CallSite &site) {
           return site.isCall() || takesCoroutines(bench, site, function);
         });
}

/// The known calls (a library awaits what it calls itself), and those behind
/// one that raises: no execution comes to them, but they are written as the
/// known ones are.
std::vector<CallSite> Colouring::sitesOf(FunctionKey function) {
  std::vector<CallSite> all = bench.sitesOf(function);
  llvm::erase_if(all, [](const CallSite &site) { return !site.isCall(); });
  std::size_t known = all.size();
  const Program &program = bench.input.program;
  for (std::size_t i = 0; i < known; ++i) {
    FileId file = program.fileOf(all[i].at);
    const Summary &summary = program.summary(file);
    IndexRange range = bench.function(bench.functionOf(all[i].at)).operations;
    for (std::uint32_t op = range.begin; op < range.end; ++op) {
      OperationKey at = program.key(file, op);
      if (summary.operations[op].kind != OperationKind::Call ||
          !bench.calledAt(at).empty() ||
          bench.calleeOf(at) != bench.calleeOf(all[i].at))
        continue;
      CallSite unseen = all[i];
      unseen.at = at;
      all.push_back(unseen);
    }
  }
  return all;
}

void Colouring::markAsync(FunctionKey function) {
  FileId file = bench.input.program.fileOf(function);
  std::uint32_t name = bench.function(function).nameSpan.begin;
  const Layout &layout = bench.layout(file);
  std::uint32_t index = layout.statementAt(name);
  if (index == Statement::none ||
      layout.statements()[index].kind != Statement::Function)
    return draft.giveUp();
  draft.insert(file, layout.statements()[index].definition.begin, "async ");
}

/// Awaits the call, or runs it where no loop runs.
void Colouring::adapt(const CallSite &site) {
  for (FunctionKey other : bench.calledAt(site.at))
    if (!coloured.contains(other.index()))
      return draft.giveUp(); // it would be awaited as well
  const Operation &call = bench.operation(site.at);
  FileId file = bench.input.program.fileOf(site.at);
  FunctionKey caller = bench.functionOf(site.at);
  bool isPlace = call.kind == OperationKind::Call && !call.isDecorator &&
                 !bench.layout(file).isInNestedScope(call.span);
  if (!isPlace)
    return draft.giveUp();
  if (bench.mayAwait(site.at) || coloured.contains(caller.index()))
    return draft.await({file, call.span});
  if (site.isOnLoop && bench.function(caller).kind == FunctionKind::Plain) {
    demand(caller);
    return draft.await({file, call.span});
  }
  if (site.isOnLoop || !site.isOffLoop)
    return draft.giveUp();
  draft.insert(file, call.span.begin, draft.name(file, "asyncio", "run") + "(");
  draft.insert(file, call.span.end, ")");
}

void Colouring::run(FunctionKey first) {
  demand(first);
  while (!pending.empty() && !draft.hasFailed()) {
    FunctionKey function = pending.back();
    pending.pop_back();
    if (!mayBecomeCoroutine(function))
      return draft.giveUp();
    markAsync(function);
    for (const CallSite &site : sitesOf(function))
      adapt(site);
  }
}

void looplint::colour(Workbench &bench, Draft &draft, FunctionKey function) {
  Colouring(bench, draft).run(function);
}

void looplint::makeAwaitable(Workbench &bench, Draft &draft, OperationKey at) {
  FileId file = bench.input.program.fileOf(at);
  FunctionKey function = bench.functionOf(at);
  if (bench.layout(file).isInNestedScope(bench.operation(at).span))
    return draft.giveUp();
  if (!bench.mayAwait(at))
    colour(bench, draft, function);
}
