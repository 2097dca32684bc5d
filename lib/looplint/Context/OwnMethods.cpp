//===- OwnMethods.cpp - the methods of one of the program's classes -------===//

#include "OwnMethods.h"

#include "looplint/Program/DeclaredType.h"

using namespace looplint;

std::vector<OwnMethod> looplint::ownMethods(const Program &program, FileId file,
                                            ClassId id) {
  const Summary &summary = program.summary(file);
  const Function &body = summary.function(summary.classOf(id).body);
  std::vector<OwnMethod> methods;
  for (std::uint32_t i = body.operations.begin; i < body.operations.end; ++i) {
    const Operation &op = summary.operation(OperationId(i));
    if (op.kind != OperationKind::Bind || !op.value)
      continue;
    const Value &value = summary.value(op.value);
    if (value.kind != ValueKind::Entity)
      continue;
    const Entity *found =
        program.findEntity(program.symbol(file, StringId(value.b)));
    if (!found || found->kind != Entity::Function)
      continue;
    FunctionId method(found->index);
    const Function &function = program.summary(found->file).function(method);
    if (function.binding == Function::Static)
      continue;
    methods.push_back(
        {program.key(found->file, method),
         summary.string(summary.variablesOf(body)[op.variable].name),
         fieldUseOf(program.summary(found->file), method), found->file});
  }
  return methods;
}

bool looplint::isThis(const Summary &summary, ValueId id) {
  const Value &value = behindType(summary, id);
  return value.kind == ValueKind::Local && value.a == 0;
}

bool looplint::isOwnField(const Summary &summary, ValueId id,
                          llvm::StringRef field) {
  if (!id)
    return false;
  const Value &value = behindType(summary, id);
  return value.kind == ValueKind::Attribute &&
         summary.string(StringId(value.b)) == field &&
         isThis(summary, ValueId(value.a));
}
