//===- Calls.cpp ----------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::call(NodeId node) {
  NodeId callee = tree.child(node, Field::Function);
  NodeId list = tree.child(node, Field::Arguments);
  if (!callee || !list)
    co_return co_await operandsOf(node);
  if (isSuper(callee, list))
    co_return add({.kind = ValueKind::Super, .span = tree.span(node)});

  bool wasAnnotation = isAnnotation;
  isAnnotation = false;
  ValueId value = co_await expression(callee);
  llvm::SmallVector<Argument, 4> arguments;
  if (tree.kind(list) == Kind::GeneratorExpression)
    co_await argument(list, arguments);
  else
    for (NodeId child : tree.children(list))
      co_await argument(child, arguments);
  isAnnotation = wasAnnotation;

  co_return emitCall({.kind = OperationKind::Call,
                      .span = tree.span(node),
                      .inner = tree.span(callee),
                      .value = value},
                     arguments);
}

/// `super()` reads the class and the instance from the method around it; it is
/// a value and no call of anything that could be looked up.
bool Lowering::isSuper(NodeId callee, NodeId arguments) const {
  return !tree.firstChild(arguments) && isBuiltin(callee, "super");
}

Step Lowering::argument(NodeId node,
                        llvm::SmallVectorImpl<Argument> &arguments) {
  Argument result = {.kind = Argument::Positional,
                     .name = {},
                     .value = {},
                     .span = tree.span(node)};
  NodeId value = node;
  switch (tree.kind(node)) {
  case Kind::Error:
    co_return {};
  case Kind::KeywordArgument: {
    result.kind = Argument::Keyword;
    NodeId name = tree.child(node, Field::Name);
    if (name && tree.kind(name) == Kind::Identifier)
      result.name = tree.name(name);
    value = tree.child(node, Field::Value);
    break;
  }
  case Kind::ListSplat:
    result.kind = Argument::Unpacked;
    value = tree.firstChild(node);
    break;
  case Kind::DictionarySplat:
    result.kind = Argument::UnpackedKeywords;
    value = tree.firstChild(node);
    break;
  default:
    break;
  }
  result.value = co_await expression(value);
  arguments.push_back(result);
  co_return {};
}

ValueId Lowering::emitCall(Operation call, llvm::ArrayRef<Argument> arguments) {
  if (isQuiet) {
    Values operands = {call.value};
    for (const Argument &argument : arguments)
      operands.push_back(argument.value);
    return unknown(operands);
  }
  call.arguments.begin = static_cast<std::uint32_t>(summary.arguments.size());
  summary.arguments.insert(summary.arguments.end(), arguments.begin(),
                           arguments.end());
  call.arguments.end = static_cast<std::uint32_t>(summary.arguments.size());
  OperationId operation = emit(call);
  return add(
      {.kind = ValueKind::Result, .a = operation.raw(), .span = call.span});
}

} // namespace looplint::python
