//===- Lowering.cpp - functions, values, operations -----------------------===//

#include "Lowering.h"

namespace looplint::python {

void Lowering::run() {
  // Numbered in source order, so a function comes after the one around it,
  // which has lowered its parameters by then.
  for (std::uint32_t i = 0,
                     e = static_cast<std::uint32_t>(summary.functions.size());
       i != e; ++i)
    lowerFunction(FunctionId(i));

  // Comprehensions and globals may have added variables to any function.
  for (std::uint32_t i = 0,
                     e = static_cast<std::uint32_t>(summary.functions.size());
       i != e; ++i) {
    IndexRange &range = summary.functions[i].variables;
    range.begin = static_cast<std::uint32_t>(summary.variables.size());
    for (StringId name : scopes.variablesOf(FunctionId(i)))
      summary.variables.push_back({name});
    range.end = static_cast<std::uint32_t>(summary.variables.size());
  }
}

void Lowering::lowerFunction(FunctionId id) {
  function = id;
  scope = scopes.scopeOf(id);
  depth = 0;
  std::uint32_t begin = static_cast<std::uint32_t>(summary.operations.size());
  machine.run(functionBody(id));
  summary.functions[id.index()].operations = {
      begin, static_cast<std::uint32_t>(summary.operations.size())};
}

Step Lowering::functionBody(FunctionId id) {
  NodeId node = scopes[scopes.scopeOf(id)].node;
  switch (summary.function(id).kind) {
  case FunctionKind::Module:
    return moduleBody(node);
  case FunctionKind::Lambda:
    return lambdaBody(node);
  case FunctionKind::ClassBody:
  case FunctionKind::Plain:
    break;
  }
  return statements(tree.child(node, Field::Body));
}

ValueId Lowering::add(Value value) {
  ValueId id(static_cast<std::uint32_t>(summary.values.size()));
  summary.values.push_back(value);
  return id;
}

ValueId Lowering::add(ValueKind kind, llvm::ArrayRef<ValueId> operands) {
  std::uint32_t begin = static_cast<std::uint32_t>(summary.operands.size());
  summary.operands.insert(summary.operands.end(), operands.begin(),
                          operands.end());
  std::uint32_t end = static_cast<std::uint32_t>(summary.operands.size());
  return add({.kind = kind, .operands = {begin, end}});
}

ValueId Lowering::unknown(llvm::ArrayRef<ValueId> operands) {
  return add(ValueKind::Unknown, operands);
}

ValueId Lowering::negation(ValueId value) {
  return add({.kind = ValueKind::Not, .a = value.raw()});
}

ValueId Lowering::element(ValueId container, std::uint32_t position) {
  return add({.kind = ValueKind::Element, .a = container.raw(), .b = position});
}

static bool opens(OperationKind kind) {
  return kind == OperationKind::If || kind == OperationKind::Loop ||
         kind == OperationKind::Try || kind == OperationKind::With;
}

static bool closes(OperationKind kind) {
  return kind == OperationKind::EndIf || kind == OperationKind::EndLoop ||
         kind == OperationKind::EndTry || kind == OperationKind::EndWith;
}

OperationId Lowering::emit(Operation operation) {
  assert(!isQuiet && "nothing is evaluated here");
  OperationId id(static_cast<std::uint32_t>(summary.operations.size()));
  summary.operations.push_back(operation);
  depth += opens(operation.kind);
  depth -= closes(operation.kind);
  return id;
}

void Lowering::noteError(Span span, llvm::StringRef message) {
  tree.errors.push_back({span, message.str()});
}

std::uint32_t Lowering::openCondition(Span span, Span condition) {
  if (isQuiet || isTooDeep())
    return noBracket;
  return emit({.kind = OperationKind::If, .span = span, .inner = condition})
      .index();
}

bool Lowering::closeIfEmpty(std::uint32_t bracket) {
  if (bracket == noBracket)
    return true;
  if (summary.operations.size() != bracket + 1)
    return false;
  summary.operations.pop_back();
  --depth;
  return true;
}

void Lowering::closeCondition(std::uint32_t bracket, ValueId condition) {
  Operation &open = summary.operations[bracket];
  open.value = condition;
  emitSpan(OperationKind::EndIf, {open.span.end, open.span.end});
}

} // namespace looplint::python
