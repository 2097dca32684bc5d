//===- LoopAsArgument.cpp - a thread's function is told the loop ----------===//
//
//   Thread(target=work, args=(queue,))
//
// becomes `args=(queue, asyncio.get_running_loop())`, and `def work(queue)`
// becomes `def work(queue, loop)`. Only where that place is all that leads to
// the function, and what stands there is written out.
//
//===----------------------------------------------------------------------===//

#include "Callables.h"
#include "LoopInSight.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The one place where a library is given the function; null where there are
/// several, or where the program calls it too.
static const Handover *onlyHandover(Workbench &bench, FunctionKey function) {
  const Handover *only = nullptr;
  for (const Instance &instance : bench.input.contexts.instances)
    for (const Handover &handover : instance.handovers) {
      if (functionBehind(bench, handover.value) != function)
        continue;
      if (handover.hook || (only && only->at != handover.at))
        return nullptr;
      only = &handover;
    }
  bool isCalled =
      llvm::any_of(bench.sitesOf(function),
                   [](const CallSite &site) { return site.isCall(); });
  return isCalled ? nullptr : only;
}

/// Writes another parameter behind the others, all of which are plain ones.
static bool addParameter(Workbench &bench, Draft &draft, FunctionKey function,
                         llvm::StringRef name) {
  FileId file = bench.input.program.fileOf(function);
  const Summary &summary = bench.input.program.summary(file);
  const Function &definition = bench.function(function);
  llvm::ArrayRef<Parameter> parameters = summary.parametersOf(definition);
  bool arePlain = llvm::all_of(parameters, [](const Parameter &parameter) {
    return parameter.kind == Parameter::Ordinary && !parameter.defaultValue &&
           !parameter.annotation;
  });
  if (definition.kind != FunctionKind::Plain || !arePlain)
    return false;
  std::uint32_t begin = definition.nameSpan.end;
  llvm::StringRef text = bench.text(file).drop_front(begin);
  std::size_t end = text.find(')');
  llvm::StringRef written = text.take_front(end).rtrim();
  bool isSimple = end != llvm::StringRef::npos && text.starts_with("(") &&
                  !written.contains('#') && !written.ends_with(",");
  if (!isSimple)
    return false;
  draft.insert(file, begin + static_cast<std::uint32_t>(end),
               (parameters.empty() ? "" : ", ") + name.str());
  return true;
}

/// Adds \p value to a tuple or a list that is written there.
static bool addElement(Workbench &bench, Draft &draft, Location sequence,
                       const std::string &value) {
  llvm::StringRef text = bench.text(sequence);
  bool isTuple = text.starts_with("(") && text.ends_with(")");
  bool isList = text.starts_with("[") && text.ends_with("]");
  if (!isTuple && !isList)
    return false;
  llvm::StringRef inner = text.drop_front().drop_back().trim();
  if (inner.contains('#') || inner.contains('*') ||
      (isTuple && !inner.empty() && !inner.contains(',')))
    return false;
  std::string separator = inner.empty()          ? ""
                          : inner.ends_with(",") ? " "
                                                 : ", ";
  std::string closer = isTuple && inner.empty() ? "," : "";
  draft.insert(sequence.file, sequence.span.end - 1,
               separator + value + closer);
  return true;
}

/// Has the library pass \p value to the callable, behind everything else.
static bool addArgument(Workbench &bench, Draft &draft,
                        const FindingSubject &subject, const Argument &place,
                        const std::string &value) {
  const ApiFunction &api = *apiOf(bench, subject);
  const ModelParameter *arguments = parameter(api, subject.effect->arguments);
  FileId file = bench.input.program.fileOf(subject.operation);
  bool passesByName =
      subject.effect->keywords &&
      bench.argument(subject.operation, api, subject.effect->keywords.name);
  if (!arguments || passesByName)
    return false;
  Location all = bench.argumentsOf(subject.operation);
  if (arguments->isRest) {
    bool isLast = !bench.passesKeywords(subject.operation) &&
                  place.kind == Argument::Positional;
    bool endsWithComma = bench.text(all).rtrim().ends_with(",");
    if (!isLast || endsWithComma)
      return false;
    draft.insert(file, all.span.end, ", " + value);
    return true;
  }
  if (const Argument *given =
          bench.argument(subject.operation, api, arguments->name))
    return addElement(bench, draft, bench.valueOf(file, *given), value);
  bool endsWithComma = bench.text(all).rtrim().ends_with(",");
  draft.insert(file, all.span.end,
               (endsWithComma ? " " : ", ") + arguments->name + "=(" + value +
                   ",)");
  return true;
}

std::string looplint::loopAsArgument(Workbench &bench, Draft &draft,
                                     FunctionKey function,
                                     llvm::ArrayRef<ObjectId> loops) {
  const Handover *handover = onlyHandover(bench, function);
  if (!handover)
    return "";
  FindingSubject subject{.operation = handover->at,
                         .context = handover->context,
                         .api = handover->api,
                         .effect = handover->effect,
                         .value = handover->value};
  const Argument *place = callableArgument(bench, subject);
  AtomKind kind = bench.input.contexts.atoms[handover->value].kind;
  bool isItself = kind == AtomKind::Function || kind == AtomKind::Method;
  FileId file = bench.input.program.fileOf(handover->at);
  std::string name = bench.freeName(bench.input.program.fileOf(function),
                                    {"loop", "running_loop", "event_loop"});
  if (!place || !isItself || name.empty() || !runsOffLoop(bench, subject) ||
      subject.effect->on == Place::Process ||
      !runsUnder(bench, bench.functionOf(handover->at), loops))
    return "";
  std::string lookup = draft.name(file, "asyncio", "get_running_loop") + "()";
  bool isTold = addArgument(bench, draft, subject, *place, lookup) &&
                addParameter(bench, draft, function, name);
  if (!isTold)
    draft.giveUp();
  return isTold ? name : "";
}
