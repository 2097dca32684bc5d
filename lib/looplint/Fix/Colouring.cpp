//===- Colouring.cpp ------------------------------------------------------===//

#include "Colouring.h"

#include "Overrides.h"
#include "UnseenCalls.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class Colouring {
public:
  Colouring(Workbench &bench, Draft &draft, Formerly formerly)
      : bench(bench), draft(draft), formerly(formerly) {}

  void run(FunctionKey first);

private:
  void demand(FunctionKey function);
  void demandFamily(FunctionKey function);
  /// Why the function cannot become a coroutine function, or its callers cannot
  /// await it; empty where they can.
  std::string obstacle(FunctionKey function);
  std::string obstacleOfCallers(FunctionKey function);
  void markAsync(FunctionKey function);
  std::vector<CallSite> sitesOf(FunctionKey function);
  void adapt(const CallSite &site);
  void awaitCall(OperationKey call);
  std::string shown(FunctionKey function) const {
    return "`" + bench.input.program.displayName(function).str() + "`";
  }

  Workbench &bench;
  Draft &draft;
  Formerly formerly;
  llvm::DenseSet<std::uint32_t> coloured;
  /// Coloured because they override one that is, or are overridden by it.
  llvm::DenseSet<std::uint32_t> relatives;
  std::vector<FunctionKey> pending;
};

} // namespace

void Colouring::demand(FunctionKey function) {
  if (!bench.isCoroutine(function) && coloured.insert(function.index()).second)
    pending.push_back(function);
}

void Colouring::demandFamily(FunctionKey function) {
  for (FunctionKey other : overridesOf(bench, function)) {
    relatives.insert(other.index());
    demand(other);
  }
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

/// A test's runner awaits coroutine functions with a plug-in only, and else
/// takes them for passed.
static bool accepts(const Effect *effect) {
  return effect && !effect->isTest &&
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

/// What the function returns is there to be awaited already.
static bool returnsAwaitable(const Workbench &bench, FunctionKey function) {
  const Contexts &contexts = bench.input.contexts;
  return llvm::any_of(contexts.instances, [&](const Instance &instance) {
    return contexts.frameOf(instance).function == function &&
           llvm::any_of(contexts.atoms.members(instance.outcome.value),
                        [&](AtomId id) {
                          return contexts.atoms[id].kind == AtomKind::Coroutine;
                        });
  });
}

std::string Colouring::obstacle(FunctionKey function) {
  const Function &definition = bench.function(function);
  llvm::StringRef name = bench.summaryOf(function).string(definition.name);
  bool isSpecial = name.starts_with("__") && name.ends_with("__");
  if (definition.kind != FunctionKind::Plain || definition.isGenerator ||
      definition.binding == Function::Property || isSpecial)
    return shown(function) + " cannot be a coroutine function";
  if (isDecorated(bench, function))
    return shown(function) + " goes through a decorator";
  if (returnsAwaitable(bench, function))
    return shown(function) + " returns a coroutine as it is";
  return obstacleOfCallers(function);
}

static constexpr llvm::StringLiteral calledByLibrary =
    " is called by a library that would drop a coroutine";

std::string Colouring::obstacleOfCallers(FunctionKey function) {
  bool isKnown = relatives.contains(function.index());
  const Contexts &contexts = bench.input.contexts;
  for (const Instance &instance : contexts.instances) {
    if (contexts.frameOf(instance).function != function ||
        instance.root != RootKind::Framework)
      continue;
    if (!accepts(instance.entry))
      return shown(function) + calledByLibrary.str();
    isKnown = true;
  }
  llvm::ArrayRef<CallSite> sites = bench.sitesOf(function);
  if (!isKnown && sites.empty() && unseenCallsOf(bench, function).empty())
    return "nobody is known to call " + shown(function);
  for (const CallSite &site : sites)
    if (!site.isCall() && !takesCoroutines(bench, site, function))
      return shown(function) + calledByLibrary.str();
  return "";
}

/// The known calls (a library awaits what it calls itself), and those behind
/// one that raises: no execution comes to them, but they are written as the
/// known ones are, or name the function.
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
  for (const CallSite &unseen : unseenCallsOf(bench, function))
    if (llvm::none_of(all,
                      [&](const CallSite &one) { return one.at == unseen.at; }))
      all.push_back(unseen);
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

void Colouring::awaitCall(OperationKey call) {
  Location at = bench.locationOf(call);
  if (bench.layout(at.file).refusesAwait(at.span))
    return draft.giveUp(shown(bench.functionOf(call)) +
                        " calls it where it cannot await, as in a lambda");
  if (bench.endsGenerator(call))
    return draft.giveUp(shown(bench.functionOf(call)) +
                        " calls it where a generator is told to end");
  if (bench.isMeantAsCallable(call))
    return draft.giveUp(shown(bench.functionOf(call)) +
                        " hands over what it returns");
  draft.await(at);
}

/// Awaits the call, or runs it where no loop runs.
void Colouring::adapt(const CallSite &site) {
  // What is called in its place, or beside it, is awaited as well.
  for (FunctionKey other : bench.calledAt(site.at))
    demand(other);
  FunctionKey caller = bench.functionOf(site.at);
  const Operation &call = bench.operation(site.at);
  if (call.kind != OperationKind::Call || call.isDecorator)
    return draft.giveUp(shown(caller) + " calls it without saying so");
  if (bench.mayAwait(site.at) || coloured.contains(caller.index()))
    return awaitCall(site.at);
  bool isUnseen = !site.isOnLoop && !site.isOffLoop;
  if (site.isOnLoop || (isUnseen && isHiddenFromLoop(bench, caller))) {
    demand(caller);
    return awaitCall(site.at);
  }
  if (!site.isOffLoop && formerly == Formerly::Called)
    return draft.giveUp("nobody is known to call " + shown(caller));
  FileId file = bench.input.program.fileOf(site.at);
  draft.insert(file, call.span.begin, draft.name(file, "asyncio", "run") + "(");
  draft.insert(file, call.span.end, ")");
}

void Colouring::run(FunctionKey first) {
  demand(first);
  while (!pending.empty() && !draft.hasFailed()) {
    FunctionKey function = pending.back();
    pending.pop_back();
    std::string why = obstacle(function);
    if (!why.empty())
      return draft.giveUp(std::move(why));
    markAsync(function);
    demandFamily(function);
    for (const CallSite &site : sitesOf(function))
      adapt(site);
    for (OperationKey call : superCallsIn(bench, function))
      awaitCall(call);
  }
}

void looplint::makeAwaitable(Workbench &bench, Draft &draft, OperationKey at,
                             Formerly formerly) {
  FileId file = bench.input.program.fileOf(at);
  if (bench.layout(file).refusesAwait(bench.operation(at).span) ||
      bench.endsGenerator(at))
    return draft.giveUp();
  if (!bench.mayAwait(at))
    Colouring(bench, draft, formerly).run(bench.functionOf(at));
}
