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

bool Workbench::mayAwait(OperationKey at) const {
  FunctionKey caller = functionOf(at);
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
  const Summary &summary = input.program.summary(input.program.fileOf(call));
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

bool Workbench::isWritten(llvm::StringRef name) const {
  for (std::uint32_t i = 0; i < input.program.fileCount(); ++i) {
    const Summary &summary = input.program.summary(FileId(i));
    for (std::uint32_t j = 0; j < summary.stringCount(); ++j)
      if (summary.string(StringId(j)) == name)
        return true;
  }
  return false;
}
