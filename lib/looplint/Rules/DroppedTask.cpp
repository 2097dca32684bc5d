//===- DroppedTask.cpp - LOOP702 ------------------------------------------===//
//
// A loop refers to its tasks weakly. A task that nobody else refers to may be
// collected half-way, and what it raises is heard of by nobody.
//
// A task counts as kept as soon as it is stored anywhere: in a field, a
// container, a variable that another function sees. A task that a function
// returns is its caller's affair.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "LostFutures.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

namespace {

class Search {
public:
  explicit Search(const RuleInput &input)
      : input(input), contexts(input.contexts), uses(input.contexts) {
    findKept();
  }

  Findings run();

private:
  void findKept();
  bool isTask(AtomId id) const;
  bool isKeptWhereMade(ObjectId task, OperationKey droppedAt);
  bool runsLoopAfter(const Instance &instance, std::uint32_t operation) const;
  void judge(InstanceId id, const Loss &loss);
  void judgeCallbacks();
  void judgeCallback(const Handover &handover);
  void report(ObjectId task, OperationKey at, std::string how,
              Confidence confidence, ContextId context);

  const RuleInput &input;
  const Contexts &contexts;
  rules::Uses uses;
  llvm::DenseSet<std::uint32_t> kept;
  llvm::DenseMap<std::uint32_t, SetId> returned; // by function
  Findings findings;
};

} // namespace

/// A task that the library does not keep itself.
bool Search::isTask(AtomId id) const {
  const Atom &atom = contexts.atoms[id];
  return atom.kind == AtomKind::Object &&
         contexts.tasks.contains(ObjectId(atom.a).index());
}

void Search::findKept() {
  for (std::uint32_t i = 0; i < contexts.heap.cellCount(); ++i)
    for (AtomId id : contexts.atoms.members(contexts.heap[CellId(i)].value))
      if (isTask(id))
        kept.insert(contexts.atoms[id].a);
}

/// Whether the function that makes the task and returns it does more with it.
bool Search::isKeptWhereMade(ObjectId task, OperationKey droppedAt) {
  OperationKey made = contexts.heap[task].site;
  if (!made || made == droppedAt)
    return false;
  const Program &program = input.program;
  FileId file = program.fileOf(made);
  const Summary &summary = program.summary(file);
  std::uint32_t local = program.local(made).index();
  for (std::uint32_t f = 0; f < summary.functions.size(); ++f) {
    const Function &function = summary.functions[f];
    if (local < function.operations.begin || local >= function.operations.end)
      continue;
    FunctionKey key = program.key(file, FunctionId(f));
    std::optional<std::uint32_t> bind = uses.bindOf(key, made);
    return bind && uses.isReadBeforeReturn(key, *bind);
  }
  return false;
}

/// A function that runs a loop is alive as long as the loop runs.
bool Search::runsLoopAfter(const Instance &instance,
                           std::uint32_t operation) const {
  return llvm::any_of(instance.events, [&](const Event &event) {
    return event.effect->kind == EffectKind::RunLoop &&
           input.program.local(event.at).index() > operation;
  });
}

void Search::report(ObjectId task, OperationKey at, std::string how,
                    Confidence confidence, ContextId context) {
  Location place = rules::placeOf(input, at);
  std::vector<WitnessStep> steps;
  OperationKey made = contexts.heap[task].site;
  if (made && made != at)
    steps.push_back({rules::placeOf(input, made), "the task is made here"});
  steps.push_back({place, std::move(how)});
  findings.push_back(
      {.code = 702,
       .severity = Severity::Warning,
       .confidence = confidence,
       .message = "nothing refers to this task, and the loop does so weakly: "
                  "it may be collected before it is done, and what it raises "
                  "is lost",
       .at = place,
       .context = describe(contexts[context]),
       .witness = std::move(steps),
       .subject = {.operation = at, .context = context}});
}

void Search::judge(InstanceId id, const Loss &loss) {
  if (loss.begun) {
    std::optional<Finding> finding = rules::judgeFuture(input, uses, id, loss);
    if (finding && finding->code == 702)
      findings.push_back(std::move(*finding));
    return;
  }
  const Instance &instance = contexts[id];
  FunctionKey function = contexts.functionOf(id);
  std::string how = "its only reference is dropped here";
  if (loss.kind == Loss::Unread) {
    std::optional<std::uint32_t> bind = uses.bindOf(function, loss.at);
    if (!bind || uses.isRead(function, *bind) ||
        uses.isSuspendedAfter(function, *bind) ||
        runsLoopAfter(instance, *bind))
      return;
    how = llvm::formatv("`{0}` ends with the function, and nothing reads it",
                        uses.nameOf(function, *bind));
  } else if (loss.kind != Loss::Dropped) {
    return;
  }
  llvm::ArrayRef<AtomId> members = contexts.atoms.members(loss.value);
  for (AtomId member : members) {
    ObjectId task(contexts.atoms[member].a);
    if (!isTask(member) || kept.contains(task.raw()) ||
        isKeptWhereMade(task, loss.at))
      continue;
    Confidence confidence =
        members.size() == 1 ? Confidence::Definite : Confidence::Likely;
    report(task, loss.at, std::move(how), confidence, loss.context);
    return;
  }
}

/// What a callback returns is dropped by the library that calls it.
void Search::judgeCallback(const Handover &handover) {
  if (handover.effect->accepts != Accepts::Sync)
    return;
  FunctionKey function = rules::functionBehind(input, handover.value);
  if (!function || input.program.function(function).isAsync)
    return;
  auto value = returned.find(function.index());
  if (value == returned.end())
    return;
  for (AtomId id : contexts.atoms.members(value->second)) {
    ObjectId task(contexts.atoms[id].a);
    if (!isTask(id) || kept.contains(task.raw()) ||
        isKeptWhereMade(task, OperationKey()))
      continue;
    std::string api = rules::displayName(*handover.api);
    report(task, contexts.heap[task].site,
           llvm::formatv("`{0}` drops what its callback returns", api),
           handover.confidence, handover.context);
  }
}

void Search::judgeCallbacks() {
  for (const Instance &instance : contexts.instances)
    if (llvm::any_of(contexts.atoms.members(instance.outcome.value),
                     [&](AtomId id) { return isTask(id); }))
      returned[contexts.frameOf(instance).function.index()] =
          instance.outcome.value;
  if (returned.empty())
    return;
  rules::forEachHandover(input, [&](InstanceId, const Handover &handover) {
    judgeCallback(handover);
  });
}

Findings Search::run() {
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i])
      for (const Loss &loss : contexts.instances[i].losses)
        if (loss.handled != Handled::Expected)
          judge(InstanceId(i), loss);
  judgeCallbacks();
  return std::move(findings);
}

Findings rules::checkDroppedTask(const RuleInput &input) {
  return Search(input).run();
}
