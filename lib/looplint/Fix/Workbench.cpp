//===- Workbench.cpp ------------------------------------------------------===//

#include "Workbench.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

const python::Layout &Workbench::layout(FileId file) {
  auto found = layouts.find(file);
  if (found == layouts.end())
    found = layouts.emplace(file, python::Layout(text(file))).first;
  return found->second;
}

FunctionKey Workbench::functionOf(OperationKey at) const {
  FileId file = input.program.fileOf(at);
  std::uint32_t index = input.program.local(at).index();
  const Summary &summary = input.program.summary(file);
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
    const IndexRange &range = summary.functions[i].operations;
    if (range.begin <= index && index < range.begin + range.size())
      return input.program.key(file, FunctionId(i));
  }
  return FunctionKey();
}

bool Workbench::endsGenerator(OperationKey at) const {
  FileId file = input.program.fileOf(at);
  const Summary &summary = input.program.summary(file);
  std::uint32_t end = input.program.local(at).index();
  llvm::SmallVector<bool, 8> tries;
  for (std::uint32_t i = function(functionOf(at)).operations.begin; i < end;
       ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind == OperationKind::Try)
      tries.push_back(false);
    if (tries.empty())
      continue;
    if (op.kind == OperationKind::Except)
      tries.back() = text({file, op.inner}).contains("GeneratorExit");
    if (op.kind == OperationKind::TryElse || op.kind == OperationKind::Finally)
      tries.back() = false;
    if (op.kind == OperationKind::EndTry)
      tries.pop_back();
  }
  return llvm::is_contained(tries, true);
}

bool Workbench::mayAwait(OperationKey at) const {
  FunctionKey caller = functionOf(at);
  if (endsGenerator(at))
    return false;
  if (isCoroutine(caller))
    return true;
  const CodeCell *cell = input.sources.file(input.program.fileOf(at))
                             .cellAt(operation(at).span.begin);
  return cell && cell->mayAwait &&
         function(caller).kind == FunctionKind::Module;
}

/// One entry for each place and kind, whatever the number of contexts.
static void record(std::vector<CallSite> &sites, const CallSite &site) {
  for (CallSite &known : sites)
    if (known.at == site.at && known.kind == site.kind) {
      known.isOnLoop |= site.isOnLoop;
      known.isOffLoop |= site.isOffLoop;
      return;
    }
  sites.push_back(site);
}

void Workbench::indexSites() {
  if (std::exchange(isIndexed, true))
    return;
  const Contexts &contexts = input.contexts;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    const Instance &caller = contexts.instances[i];
    Running running = contexts[caller.context].running;
    for (const Edge &edge : caller.edges) {
      FunctionKey callee = contexts.functionOf(edge.to);
      record(sites[callee.index()],
             {.at = edge.at,
              .caller = contexts.frameOf(caller).function,
              .kind = edge.kind,
              .isOnLoop = running == Running::Yes,
              .isOffLoop = running == Running::No && contexts.isReached[i]});
      std::vector<FunctionKey> &called = callees[edge.at.index()];
      if (!llvm::is_contained(called, callee))
        called.push_back(callee);
    }
  }
  for (auto &[function, list] : sites)
    llvm::sort(list, [](const CallSite &left, const CallSite &right) {
      return std::pair(left.at, left.kind) < std::pair(right.at, right.kind);
    });
}

llvm::ArrayRef<CallSite> Workbench::sitesOf(FunctionKey function) {
  indexSites();
  auto found = sites.find(function.index());
  if (found == sites.end())
    return {};
  return found->second;
}

llvm::ArrayRef<FunctionKey> Workbench::calledAt(OperationKey at) {
  indexSites();
  auto found = callees.find(at.index());
  if (found == callees.end())
    return {};
  return found->second;
}

const Argument *Workbench::argument(OperationKey call, const ApiFunction &api,
                                    llvm::StringRef parameter) const {
  FileId file = input.program.fileOf(call);
  const Summary &summary = input.program.summary(file);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(operation(call));
  for (const Argument &argument : arguments)
    if (argument.kind == Argument::Keyword &&
        summary.string(argument.name) == parameter)
      return &argument;
  auto named = llvm::find_if(
      api.parameters, [&](auto &known) { return known.name == parameter; });
  if (named == api.parameters.end() || named->keywordOnly)
    return nullptr;
  auto position = static_cast<std::size_t>(named - api.parameters.begin());
  for (std::size_t i = 0; i < arguments.size() && i <= position; ++i) {
    if (arguments[i].kind != Argument::Positional)
      return nullptr;
    if (i == position)
      return &arguments[i];
  }
  return nullptr;
}

Location Workbench::valueOf(FileId file, const Argument &argument) const {
  Span span = argument.span;
  if (argument.kind == Argument::Keyword) {
    llvm::StringRef written = text({file, span});
    llvm::StringRef value = written.split('=').second.ltrim();
    span.begin += static_cast<std::uint32_t>(written.size() - value.size());
  }
  return {file, span};
}

bool Workbench::passesKeywords(OperationKey call) const {
  const Summary &summary = summaryOf(call);
  return llvm::any_of(summary.argumentsOf(operation(call)),
                      [](const Argument &argument) {
                        return argument.kind == Argument::Keyword ||
                               argument.kind == Argument::UnpackedKeywords;
                      });
}

OperationKey Workbench::callBehind(FileId file, ValueId value) const {
  const Summary &summary = input.program.summary(file);
  if (!value || summary.value(value).kind != ValueKind::Result)
    return OperationKey();
  return input.program.key(file, summary.value(value).a);
}

Location Workbench::argumentsOf(OperationKey call) const {
  const Operation &op = operation(call);
  FileId file = input.program.fileOf(call);
  std::size_t open = text(file).find('(', op.inner.end);
  return {file, {static_cast<std::uint32_t>(open + 1), op.span.end - 1}};
}

std::string Workbench::withComments(OperationKey call,
                                    Location argument) const {
  Location all = argumentsOf(call);
  llvm::StringRef before =
      text(all).take_front(argument.span.begin - all.span.begin);
  llvm::StringRef behind =
      text(all).drop_front(argument.span.end - all.span.begin);
  if (!before.contains('#') && !behind.contains('#'))
    return text(argument).str();
  // A comma would make a tuple of it.
  std::size_t comma = std::min(behind.find(','), behind.size());
  if (behind.take_front(comma).contains('#'))
    comma = behind.size();
  return ("(" + before + text(argument) + behind.take_front(comma) +
          behind.drop_front(std::min(comma + 1, behind.size())) + ")")
      .str();
}

/// What the function's variable is bound to, where one statement binds it.
static ValueId onlyBinding(const Summary &summary, FunctionId function,
                           std::uint32_t variable) {
  IndexRange range = summary.function(function).operations;
  ValueId bound;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind != OperationKind::Bind || operation.scope ||
        operation.variable != variable)
      continue;
    if (bound)
      return ValueId();
    bound = operation.value;
  }
  return bound;
}

ValueId Workbench::boundTo(FileId file, FunctionId scope, ValueId id) const {
  static constexpr unsigned mostNames = 8;
  const Summary &summary = input.program.summary(file);
  for (unsigned i = 0; id && i < mostNames; ++i) {
    const Value &value = summary.value(id);
    bool isOuter = value.kind == ValueKind::Outer;
    if (!isOuter && value.kind != ValueKind::Local)
      break;
    if (isOuter)
      scope = FunctionId(value.a);
    ValueId next = onlyBinding(summary, scope, isOuter ? value.b : value.a);
    if (!next)
      break;
    id = next;
  }
  return id;
}

std::string Workbench::pathOf(FileId file, FunctionId scope, ValueId id,
                              unsigned depth) const {
  static constexpr unsigned longestPath = 8;
  if (!id || depth > longestPath)
    return "";
  const Summary &summary = input.program.summary(file);
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Local:
    return pathOf(file, scope, onlyBinding(summary, scope, value.a), depth + 1);
  case ValueKind::Outer: {
    FunctionId outer(value.a);
    return pathOf(file, outer, onlyBinding(summary, outer, value.b), depth + 1);
  }
  case ValueKind::Module:
    return value.b == 0 ? summary.string(StringId(value.a)).str() : "";
  case ValueKind::ImportedName:
    return value.b == 0 ? (summary.string(StringId(value.a)) + "." +
                           summary.string(StringId(value.c)))
                              .str()
                        : "";
  case ValueKind::Attribute: {
    std::string owner = pathOf(file, scope, ValueId(value.a), depth + 1);
    return owner.empty()
               ? ""
               : owner + "." + summary.string(StringId(value.b)).str();
  }
  default:
    return "";
  }
}

const ApiFunction *Workbench::libraryFunction(OperationKey call) const {
  std::string path =
      pathOf(input.program.fileOf(call), input.program.local(functionOf(call)),
             operation(call).value);
  if (path.empty())
    return nullptr;
  std::string name = input.models.canonical(path);
  if (const ApiFunction *function = input.models.function(name))
    return function;
  const ApiType *type = input.models.type(name);
  return type ? &type->constructor : nullptr;
}

const ApiFunction *Workbench::loopMethod(llvm::StringRef name) const {
  for (const ApiType *type : input.models.loopTypes())
    if (const ApiFunction *method = input.models.method(type->name, name))
      return method;
  return nullptr;
}

bool Workbench::isAwaitedElsewhere(OperationKey call) const {
  const Program &program = input.program;
  const Summary &summary = summaryOf(call);
  IndexRange range = function(functionOf(call)).operations;
  auto isResult = [&](ValueId value) {
    return value && summary.value(value).kind == ValueKind::Result &&
           summary.value(value).a == program.local(call).index();
  };
  std::vector<std::uint32_t> holders;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind == OperationKind::Bind && !operation.scope &&
        isResult(operation.value))
      holders.push_back(operation.variable);
    if (operation.kind != OperationKind::Await || !operation.value)
      continue;
    const Value &awaited = summary.value(operation.value);
    if (awaited.kind == ValueKind::Local &&
        llvm::is_contained(holders, awaited.a))
      return true;
  }
  return false;
}

bool Workbench::isMeantAsCallable(OperationKey call) const {
  FileId file = input.program.fileOf(call);
  const Summary &summary = input.program.summary(file);
  auto takes = [&](const Handover &handover) {
    return handover.isCallResult && handover.at &&
           input.program.fileOf(handover.at) == file &&
           llvm::any_of(summary.argumentsOf(operation(handover.at)),
                        [&](const Argument &argument) {
                          return callBehind(file, argument.value) == call;
                        });
  };
  return llvm::any_of(input.contexts.instances, [&](const Instance &instance) {
    return llvm::any_of(instance.handovers, takes);
  });
}

/// The file has a name or an attribute of that spelling.
static bool hasString(const Summary &summary, llvm::StringRef name) {
  for (std::uint32_t i = 0; i < summary.stringCount(); ++i)
    if (summary.string(StringId(i)) == name)
      return true;
  return false;
}

bool Workbench::isWritten(llvm::StringRef name) const {
  for (std::uint32_t i = 0; i < input.program.fileCount(); ++i)
    if (hasString(input.program.summary(FileId(i)), name))
      return true;
  return false;
}

std::string
Workbench::freeName(FileId file,
                    std::initializer_list<llvm::StringRef> names) const {
  for (llvm::StringRef name : names)
    if (!hasString(input.program.summary(file), name))
      return name.str();
  return "";
}

/// Appends what the value is made of.
static void appendParts(const Summary &summary, const Value &value,
                        llvm::SmallVectorImpl<ValueId> &into) {
  switch (value.kind) {
  case ValueKind::Item:
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains:
    into.push_back(ValueId(value.b));
    [[fallthrough]];
  case ValueKind::Attribute:
  case ValueKind::Element:
  case ValueKind::Conditional:
  case ValueKind::Unpacked:
  case ValueKind::Typed:
  case ValueKind::Not:
    into.push_back(ValueId(value.a));
    break;
  default:
    break;
  }
  llvm::append_range(into, summary.operandsOf(value));
}

static llvm::SmallVector<ValueId, 16>
closure(const Summary &summary, llvm::SmallVector<ValueId, 16> all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    llvm::SmallVector<ValueId, 4> parts;
    appendParts(summary, summary.value(all[i]), parts);
    for (ValueId part : parts)
      if (part)
        all.push_back(part);
  }
  return all;
}

llvm::SmallVector<ValueId, 16> looplint::subvalues(const Summary &summary,
                                                   ValueId value) {
  if (!value)
    return {};
  return closure(summary, {value});
}

llvm::SmallVector<ValueId, 16> looplint::subvalues(const Summary &summary,
                                                   const Operation &operation) {
  llvm::SmallVector<ValueId, 16> all;
  auto add = [&](ValueId value) {
    if (value)
      all.push_back(value);
  };
  add(operation.value);
  add(operation.target);
  add(operation.key);
  for (const Argument &argument : summary.argumentsOf(operation))
    add(argument.value);
  return closure(summary, std::move(all));
}
