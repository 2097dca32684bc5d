//===- UseLoopTwin.cpp - a scheduler of threads becomes one of the loop ---===//
//
//   scheduler = BackgroundScheduler()        scheduler = AsyncIOScheduler()
//   scheduler.add_job(coroutine_function)    scheduler.add_job(…)
//
// Where a loop runs the program, the class that has its jobs awaited there is
// what was meant. It has to be started on that loop: where it is not, its start
// moves there.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "LoopInSight.h"
#include "StartInRun.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class Twin {
public:
  Twin(Workbench &bench, const FindingSubject &subject)
      : bench(bench), draft(bench), subject(subject) {}

  std::optional<Fix> swap();

private:
  bool findObject();
  bool isRunByLoop() const;
  bool isObject(FrameId frame, ValueId value) const;
  void findUses();
  void findUsesIn(const Instance &instance);
  bool takesArguments() const;
  void rename();
  bool startOnLoop();

  Workbench &bench;
  Draft draft;
  const FindingSubject &subject;
  OperationKey made;
  const ApiType *type = nullptr;
  const ApiType *twin = nullptr;
  /// Where it is started, and where it is asked for what only the running
  /// loop's thread may ask for, in either case where no loop runs.
  std::vector<OperationKey> starts;
  std::vector<OperationKey> others;
};

} // namespace

/// What the method of the call belongs to; also of a decorator that a call
/// makes.
static ValueId receiverOf(const Workbench &bench, OperationKey call) {
  FileId file = bench.input.program.fileOf(call);
  const Summary &summary = bench.input.program.summary(file);
  if (bench.operation(call).isDecorator)
    if (OperationKey maker =
            bench.callBehind(file, bench.operation(call).value))
      call = maker;
  ValueId callee = bench.operation(call).value;
  bool isMethod = bench.operation(call).kind == OperationKind::Call && callee &&
                  summary.value(callee).kind == ValueKind::Attribute;
  return isMethod ? ValueId(summary.value(callee).a) : ValueId();
}

/// The one object that the callable is given to, of a type that has a twin.
bool Twin::findObject() {
  ValueId receiver = receiverOf(bench, subject.operation);
  if (!receiver || !subject.instance)
    return false;
  made = constructionOf(bench, bench.input.contexts[subject.instance].frame,
                        receiver);
  type = made ? constructedType(bench, made) : nullptr;
  twin = type && !type->loopTwin.empty()
             ? bench.input.models.type(type->loopTwin)
             : nullptr;
  return twin;
}

/// Where the way to the instance begins.
static InstanceId rootOf(const Contexts &contexts, InstanceId at) {
  while (InstanceId from = contexts.paths[at.index()].from)
    at = from;
  return at;
}

/// The same program's main thread has a loop run what it does.
bool Twin::isRunByLoop() const {
  const Contexts &contexts = bench.input.contexts;
  auto kind = static_cast<std::size_t>(EffectKind::RunLoop);
  InstanceId root = rootOf(contexts, subject.instance);
  return llvm::any_of(contexts.eventsOfKind[kind], [&](EventPlace place) {
    const Event &event = contexts[place.instance].events[place.event];
    const ExecutionContext &context = contexts[event.context];
    return context.running == Running::No && !context.isWorker() &&
           rootOf(contexts, place.instance) == root;
  });
}

bool Twin::isObject(FrameId frame, ValueId value) const {
  return value && constructionOf(bench, frame, value) == made;
}

void Twin::findUsesIn(const Instance &instance) {
  const Contexts &contexts = bench.input.contexts;
  FunctionKey function = contexts.frameOf(instance).function;
  FileId file = bench.input.program.fileOf(function);
  const Summary &summary = bench.input.program.summary(file);
  IndexRange range = bench.function(function).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    OperationKey at = bench.input.program.key(file, i);
    const Operation &call = summary.operations[i];
    if (call.kind != OperationKind::Call || call.isDecorator ||
        !isObject(instance.frame, receiverOf(bench, at)))
      continue;
    const ApiFunction *method = bench.input.models.method(
        twin->name, summary.string(StringId(summary.value(call.value).b)));
    // Any thread may add jobs.
    bool mayBeAnywhere = method && !method->find(EffectKind::Arms);
    if (mayBeAnywhere)
      continue;
    std::vector<OperationKey> &list = method ? starts : others;
    if (!llvm::is_contained(list, at))
      list.push_back(at);
  }
}

void Twin::findUses() {
  const Contexts &contexts = bench.input.contexts;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i] &&
        contexts[contexts.instances[i].context].running != Running::Yes)
      findUsesIn(contexts.instances[i]);
}

/// What is passed means the same to both.
bool Twin::takesArguments() const {
  const Summary &summary = bench.summaryOf(made);
  auto isKnown = [](const ApiType &of, llvm::StringRef name) {
    return llvm::any_of(of.constructor.parameters,
                        [&](const auto &known) { return known.name == name; });
  };
  return llvm::all_of(summary.argumentsOf(bench.operation(made)),
                      [&](const Argument &argument) {
                        llvm::StringRef name =
                            argument.kind == Argument::Keyword
                                ? summary.string(argument.name)
                                : "";
                        return isKnown(*type, name) && isKnown(*twin, name);
                      });
}

/// Writes the other class, in the annotation of the same statement as well.
void Twin::rename() {
  FileId file = bench.input.program.fileOf(made);
  auto [module, name] = llvm::StringRef(twin->name).rsplit('.');
  llvm::StringRef callee = bench.calleeOf(made);
  Span span = bench.operation(made).inner;
  std::string wanted = draft.nameBeside(file, span, module, name);
  draft.replace({file, span}, wanted);
  const Layout &layout = bench.layout(file);
  std::uint32_t index = layout.statementAt(span.begin);
  if (index == Statement::none)
    return;
  std::uint32_t begin = layout.statements()[index].span.begin;
  auto [target, annotation] =
      bench.text({file, {begin, span.begin}}).split(':');
  llvm::StringRef written = annotation.split('=').first.trim();
  if (written != callee)
    return;
  begin = static_cast<std::uint32_t>(written.data() - bench.text(file).data());
  draft.replace(
      {file, {begin, begin + static_cast<std::uint32_t>(written.size())}},
      wanted);
}

/// One start that no loop runs yet moves to where one does, with what else is
/// asked of the object there.
bool Twin::startOnLoop() {
  if (starts.size() > 1)
    return false;
  bool isAlone = others.empty();
  if (starts.empty())
    return isAlone;
  FunctionKey function = bench.functionOf(starts.front());
  bool areTogether = llvm::all_of(others, [&](OperationKey other) {
    return bench.functionOf(other) == function && other > starts.front();
  });
  return areTogether && startInRun(bench, draft, starts.front(), isAlone);
}

std::optional<Fix> Twin::swap() {
  if (!findObject() || !isRunByLoop() || !takesArguments())
    return std::nullopt;
  findUses();
  if (!startOnLoop())
    return std::nullopt;
  rename();
  return draft.finish(Applicability::Unsafe,
                      "let the loop that runs the program run its jobs");
}

std::optional<Fix> cures::useLoopTwin(Workbench &bench,
                                      const Finding &finding) {
  return Twin(bench, finding.subject).swap();
}
