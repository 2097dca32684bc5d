//===- Witness.cpp - the shortest proof of a context ----------------------===//
//
// A context is established by an edge that changes it (a thread is started, a
// loop is run, a callback is scheduled) or by a root. From there on, calls lead
// to the instance. The witness is the shortest such path.
//
//===----------------------------------------------------------------------===//

#include "Solver.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FormatVariadic.h"

#include <deque>

using namespace looplint;

std::string looplint::describe(const ExecutionContext &context) {
  auto thread = [&]() -> llvm::StringRef {
    switch (context.thread) {
    case ThreadKind::Unknown:
      return "unknown";
    case ThreadKind::Main:
      return "main";
    case ThreadKind::Worker:
      return "worker";
    case ThreadKind::LoopThread:
      return "loop-thread";
    case ThreadKind::Process:
      return "process";
    case ThreadKind::Signal:
      return "signal";
    case ThreadKind::AtExit:
      return "atexit";
    case ThreadKind::Finalizer:
      return "finalizer";
    }
    return "unknown";
  }();
  auto loop = [&]() -> llvm::StringRef {
    if (context.running == Running::Yes)
      return "running";
    if (context.running == Running::Unknown)
      return "unknown";
    switch (context.current) {
    case Current::Set:
      return "set";
    case Current::Closed:
      return "closed";
    default:
      return "none";
    }
  }();
  return llvm::formatv("{0}/{1}{2}", thread, loop,
                       context.importing ? " (import)" : "");
}

/// Whether the edge, and not what leads to its start, makes the context.
static bool establishes(const Edge &edge) {
  return edge.kind == EdgeKind::Schedules || edge.kind == EdgeKind::Drives ||
         edge.kind == EdgeKind::Defines;
}

/// Whether a test of the project is called there.
static bool isTest(const Instance &root) {
  return root.entry && root.entry->isTest;
}

/// What proves most comes first, however long it is: what nothing catches, no
/// state guards and no test of the project has been seen to survive. Whatever
/// more than tests lead to, is found without them; \p isTestRoot and \p
/// isStart are what Solver says of an instance.
static void
findShortestPaths(Contexts &result,
                  llvm::function_ref<bool(const Instance &)> isTestRoot,
                  llvm::function_ref<bool(const Instance &)> isStart) {
  std::size_t count = result.instances.size();
  std::vector<bool> hasPath(count, false);
  std::deque<InstanceId> open;
  auto add = [&](InstanceId id, PathStep step) {
    if (hasPath[id.index()])
      return;
    hasPath[id.index()] = true;
    result.paths[id.index()] = step;
    open.push_back(id);
  };
  auto follow = [&](InstanceId from, bool isAny) {
    const std::vector<Edge> &edges = result.instances[from.index()].edges;
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      bool isPlain = edges[e].handled == Handled::No && !edges[e].isGuarded &&
                     edges[e].confidence != Confidence::Possible;
      if (!establishes(edges[e]) && (isAny || isPlain))
        add(edges[e].to, {from, e});
    }
  };
  auto followAll = [&] {
    for (; !open.empty(); open.pop_front())
      follow(open.front(), false);
    for (std::uint32_t i = 0; i < count; ++i)
      if (hasPath[i])
        open.push_back(InstanceId(i));
    for (; !open.empty(); open.pop_front())
      follow(open.front(), true);
  };
  for (bool withTests : {false, true}) {
    const std::vector<bool> &isReached =
        withTests ? result.isReached : result.isReachedWithoutTests;
    for (std::uint32_t i = 0; i < count; ++i)
      if (result.instances[i].root != RootKind::None && isReached[i] &&
          (withTests || !isTestRoot(result.instances[i])))
        add(InstanceId(i), {});
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::vector<Edge> &edges = result.instances[i].edges;
      for (std::uint32_t e = 0; isReached[i] && e < edges.size(); ++e)
        if (establishes(edges[e]) && (withTests || !edges[e].isTest))
          add(edges[e].to, {InstanceId(i), e});
    }
    followAll();
    for (std::uint32_t i = 0; !withTests && i < count; ++i)
      if (isStart(result.instances[i]))
        add(InstanceId(i), {});
    followAll();
  }
}

/// What a file of tests defines, and the program calls, was passed by a test.
bool Solver::isOfTests(const Instance &instance) const {
  FunctionKey function = result.frameOf(instance).function;
  return testFiles[program.fileOf(function).index()];
}

/// Whether only the project's tests start there: what nobody calls in a file of
/// tests, they run in a way that is not known, and so does its top level.
bool Solver::isTestRoot(const Instance &root) const {
  bool isNobodys = root.root == RootKind::Coroutine ||
                   root.root == RootKind::UnknownCaller ||
                   root.root == RootKind::Script;
  return isTest(root) || (isNobodys && isOfTests(root));
}

/// A coroutine of the program proper runs on a loop, also where only tests are
/// seen to await it: a framework does, or whoever uses the library.
bool Solver::isCoroutineOfProgram(const Instance &instance) const {
  FunctionKey function = result.frameOf(instance).function;
  return program.function(function).isAsync &&
         result[instance.context].running == Running::Yes &&
         !isOfTests(instance);
}

/// By file: whether code of it leaves something on the running loop, to run
/// beside what comes after it.
std::vector<bool> Solver::filesWithTasks() const {
  std::vector<bool> haveTasks(program.fileCount());
  for (const Instance &instance : result.instances) {
    FileId file = program.fileOf(result.frameOf(instance).function);
    if (!haveTasks[file.index()])
      haveTasks[file.index()] =
          llvm::any_of(instance.edges, [&](const Edge &edge) {
            return edge.kind == EdgeKind::Schedules &&
                   result[result[edge.to].context].running == Running::Yes;
          });
  }
  return haveTasks;
}

/// Cells of a notebook run one after the other, on a loop that has nothing else
/// to do, until something on that loop is left to run beside them.
bool Solver::isCellAlone(const Instance &root,
                         const std::vector<bool> &haveTasks) const {
  FunctionKey function = result.frameOf(root).function;
  return root.root == RootKind::Framework &&
         program.function(function).kind == FunctionKind::Module &&
         result[root.context].running == Running::Yes &&
         !haveTasks[program.fileOf(function).index()];
}

/// By instance: whether roots lead there.
std::vector<bool> Solver::reached(bool withTests, bool withCells) const {
  std::vector<bool> isReached(result.instances.size(), false);
  std::deque<InstanceId> open;
  std::vector<bool> haveTasks =
      withCells ? std::vector<bool>() : filesWithTasks();
  auto add = [&](InstanceId id) {
    if (isReached[id.index()])
      return;
    isReached[id.index()] = true;
    open.push_back(id);
  };
  auto isStart = [&](const Instance &instance) {
    bool isRoot = instance.root != RootKind::None && !isTestRoot(instance) &&
                  (withCells || !isCellAlone(instance, haveTasks));
    return isRoot || isCoroutineOfProgram(instance);
  };
  for (std::uint32_t i = 0; i < result.instances.size(); ++i)
    if (withTests ? result.instances[i].root != RootKind::None
                  : isStart(result.instances[i]))
      add(InstanceId(i));
  for (; !open.empty(); open.pop_front())
    for (const Edge &edge : result.instances[open.front().index()].edges)
      if (withTests || (!edge.isTest && !isOfTests(result[edge.to])))
        add(edge.to);
  return isReached;
}

/// Marks what roots lead to, then finds the shortest path from a root or an
/// establishing edge to each instance, in order of length and of instances.
void Solver::findPaths() {
  result.paths.assign(result.instances.size(), PathStep());
  result.isReached = reached(true, true);
  result.isReachedWithoutTests = reached(false, true);
  result.isReachedBesideOthers = reached(false, false);
  findShortestPaths(
      result, [&](const Instance &root) { return isTestRoot(root); },
      [&](const Instance &each) { return isCoroutineOfProgram(each); });
}

//===----------------------------------------------------------------------===//
// In words
//===----------------------------------------------------------------------===//

static std::string nameOf(const Contexts &contexts, InstanceId id) {
  FunctionKey key = contexts.functionOf(id);
  const Program &program = contexts.program;
  const Function &function = program.function(key);
  const Summary &file = program.summary(program.fileOf(key));
  if (function.kind == FunctionKind::Module && file.language == Language::Cpp)
    return llvm::formatv("the initialisation of `{0}`", file.path);
  if (function.kind == FunctionKind::Module)
    return llvm::formatv("the top level of `{0}`",
                         program.moduleName(program.fileOf(key)));
  if (function.kind == FunctionKind::ClassBody)
    return llvm::formatv("the body of class `{0}`", program.spelledName(key));
  if (function.kind == FunctionKind::Lambda)
    return "a lambda";
  return llvm::formatv("`{0}`", program.spelledName(key));
}

static Location placeOf(const Contexts &contexts, OperationKey at) {
  const Program &program = contexts.program;
  return {program.fileOf(at), program.operation(at).span};
}

static Location definitionOf(const Contexts &contexts, InstanceId id) {
  FunctionKey key = contexts.functionOf(id);
  const Program &program = contexts.program;
  const Function &function = program.function(key);
  Span span = function.nameSpan;
  if (function.kind == FunctionKind::Module)
    span = {0, 0};
  return {program.fileOf(key), span};
}

static std::string threadOf(const ExecutionContext &context) {
  switch (context.thread) {
  case ThreadKind::Worker:
    return context.running == Running::Yes ? "on a worker thread's loop"
                                           : "on a worker thread";
  case ThreadKind::Process:
    return "in another process";
  case ThreadKind::Signal:
    return "in a signal handler";
  case ThreadKind::AtExit:
    return "when the interpreter exits";
  case ThreadKind::Finalizer:
    return "in a finalizer";
  case ThreadKind::Unknown:
    if (context.running != Running::Yes)
      return "on some thread";
    [[fallthrough]];
  default:
    return context.running == Running::Yes ? "on the running loop"
                                           : "on the main thread";
  }
}

static std::string describeEdge(const Contexts &contexts, InstanceId from,
                                const Edge &edge) {
  std::string target = nameOf(contexts, edge.to);
  const ExecutionContext &context = contexts[contexts[edge.to].context];
  std::string api = edge.api ? spelled(edge.api->name) : "the library";
  switch (edge.kind) {
  case EdgeKind::Call:
    return llvm::formatv("{0} calls {1}", nameOf(contexts, from), target);
  case EdgeKind::Awaits:
    return llvm::formatv("{0} awaits {1}", nameOf(contexts, from), target);
  case EdgeKind::Drives:
    return llvm::formatv("`{0}` runs a loop that drives {1}", api, target);
  case EdgeKind::Invokes:
    // A thread that is started with a callable: its own run calls it there.
    if (context.thread != contexts[contexts[from].context].thread)
      return llvm::formatv("`{0}` calls {1} {2}", api, target,
                           threadOf(context));
    return llvm::formatv("`{0}` calls {1} here", api, target);
  case EdgeKind::Schedules:
    return llvm::formatv("`{0}` makes {1} run {2}", api, target,
                         threadOf(context));
  case EdgeKind::Imports:
    return llvm::formatv("{0} is executed by this import", target);
  case EdgeKind::Defines:
    return llvm::formatv("`{0}` calls {1} {2}", api, target, threadOf(context));
  }
  return target;
}

static std::string describeRoot(const Contexts &contexts, InstanceId id) {
  const Instance &root = contexts[id];
  const ExecutionContext &context = contexts[root.context];
  std::string name = nameOf(contexts, id);
  switch (root.root) {
  case RootKind::Script:
    return llvm::formatv("{0} runs as a script, on the main thread", name);
  case RootKind::Initialisation:
    return llvm::formatv("{0} runs on the main thread, before `main`", name);
  case RootKind::Main:
    return llvm::formatv("{0} starts the program, on the main thread", name);
  case RootKind::ConsoleScript:
    return llvm::formatv("a command of the project calls {0} on the main "
                         "thread",
                         name);
  case RootKind::Framework:
    return llvm::formatv("a framework runs {0} {1}", name, threadOf(context));
  case RootKind::Coroutine:
    return llvm::formatv("{0} is a coroutine: a loop runs it", name);
  default:
    return llvm::formatv("{0} can be called from outside", name);
  }
}

/// Whether the call is of something that an outer function got as a parameter:
/// not where the inner one is handed over, but in the outer one's callers is
/// what came in.
static bool callsOfOuter(const Program &program, const Edge &edge) {
  const Operation &op = program.operation(edge.at);
  const Summary &summary = program.summary(program.fileOf(edge.at));
  return edge.throughParameter && op.value &&
         summary.value(op.value).kind == ValueKind::Outer;
}

std::vector<WitnessStep> looplint::witness(const Contexts &contexts,
                                           InstanceId instance,
                                           Confidence &confidence) {
  std::vector<WitnessStep> steps;
  bool needsOrigin = false;
  bool needsOuter = false;
  for (InstanceId at = instance;;) {
    PathStep step = contexts.paths[at.index()];
    const Function &function =
        contexts.program.function(contexts.functionOf(at));
    bool isCoroutineBody =
        function.isAsync && (!needsOrigin || !step.from) &&
        contexts[contexts[at].context].running == Running::Yes;
    if (isCoroutineBody && contexts[at].root != RootKind::Coroutine &&
        !contexts[contexts[at].context].isWorker()) {
      steps.push_back({definitionOf(contexts, at),
                       llvm::formatv("{0} is a coroutine: a loop runs it",
                                     nameOf(contexts, at))});
      break;
    }
    if (!step.from) {
      if (contexts[at].root != RootKind::UnknownCaller)
        steps.push_back(
            {definitionOf(contexts, at), describeRoot(contexts, at)});
      break;
    }
    const Edge &edge = contexts[step.from].edges[step.edge];
    confidence = std::min(confidence, edge.confidence);
    steps.push_back(
        {placeOf(contexts, edge.at), describeEdge(contexts, step.from, edge)});
    // A callable that came in as a parameter: show who passed it.
    needsOrigin = edge.throughParameter || needsOuter;
    needsOuter = callsOfOuter(contexts.program, edge);
    if (establishes(edge) && !needsOrigin)
      break;
    at = step.from;
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}
