//===- Builder.cpp --------------------------------------------------------===//

#include "Builder.h"

#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/Twine.h"

#include <cmath>

namespace looplint::cpp {

template <typename Row>
static std::uint32_t sizeOf(const std::vector<Row> &table) {
  return static_cast<std::uint32_t>(table.size());
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

ValueId Builder::add(Value value) {
  ValueId id(sizeOf(summary.values));
  summary.values.push_back(value);
  return id;
}

ValueId Builder::add(ValueKind kind, llvm::ArrayRef<ValueId> operands,
                     std::uint32_t a) {
  std::uint32_t begin = sizeOf(summary.operands);
  summary.operands.insert(summary.operands.end(), operands.begin(),
                          operands.end());
  return add(
      {.kind = kind, .a = a, .operands = {begin, sizeOf(summary.operands)}});
}

ValueId Builder::unknown(llvm::ArrayRef<ValueId> operands) {
  return add(ValueKind::Unknown, operands);
}

ValueId Builder::boolean(bool value) {
  return constant(value ? ValueKind::True : ValueKind::False);
}

ValueId Builder::integer(std::int64_t value) {
  if (value < 0 || value > 0x7FFF'FFFF)
    return unknown();
  return add(
      {.kind = ValueKind::Integer, .a = static_cast<std::uint32_t>(value)});
}

ValueId Builder::thousandths(double seconds) {
  double value = std::round(seconds * 1000);
  if (!(value >= 0 && value <= 0x7FFF'FFFF))
    return unknown();
  return add(
      {.kind = ValueKind::Float, .a = static_cast<std::uint32_t>(value)});
}

ValueId Builder::string(llvm::StringRef contents) {
  constexpr std::size_t longest = 200;
  if (contents.size() > longest)
    return unknown();
  return add({.kind = ValueKind::String, .a = summary.intern(contents).raw()});
}

ValueId Builder::pair(ValueKind kind, ValueId a, ValueId b) {
  return add({.kind = kind, .a = a.raw(), .b = b.raw()});
}

ValueId Builder::negation(ValueId value) {
  return add({.kind = ValueKind::Not, .a = value.raw()});
}

ValueId Builder::entity(llvm::StringRef name, llvm::StringRef linkage) {
  std::string full = (llvm::Twine(cppNamePrefix) + name).str();
  return add({.kind = ValueKind::Entity,
              .a = summary.intern(full).raw(),
              .b = summary.intern(linkage).raw()});
}

ValueId Builder::attribute(ValueId object, llvm::StringRef name, Span span) {
  return add({.kind = ValueKind::Attribute,
              .a = object.raw(),
              .b = summary.intern(name).raw(),
              .span = span});
}

ValueId Builder::element(ValueId container, std::uint32_t position) {
  return add({.kind = ValueKind::Element, .a = container.raw(), .b = position});
}

ValueId Builder::variable(Place place) {
  if (place.function == opened)
    return add({.kind = ValueKind::Local, .a = place.index});
  return add(
      {.kind = ValueKind::Outer, .a = place.function.raw(), .b = place.index});
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

OperationId Builder::emit(Operation operation) {
  assert(opened && "operations belong to a function");
  OperationId id(position());
  summary.operations.push_back(operation);
  return id;
}

void Builder::emit(OperationKind kind, Span span, ValueId value) {
  emit({.kind = kind, .span = span, .inner = span, .value = value});
}

ValueId Builder::emitCall(Operation call, llvm::ArrayRef<Argument> arguments) {
  call.kind = OperationKind::Call;
  call.arguments.begin = sizeOf(summary.arguments);
  summary.arguments.insert(summary.arguments.end(), arguments.begin(),
                           arguments.end());
  call.arguments.end = sizeOf(summary.arguments);
  OperationId operation = emit(call);
  return add(
      {.kind = ValueKind::Result, .a = operation.raw(), .span = call.span});
}

void Builder::bind(Place place, ValueId value, Span span, Span inner) {
  emit({.kind = OperationKind::Bind,
        .span = span,
        .inner = inner,
        .value = value,
        .variable = place.index,
        .scope = place.function == opened ? FunctionId() : place.function});
}

bool Builder::takeBackIfLast(std::uint32_t position) {
  if (summary.operations.size() != position + 1)
    return false;
  summary.operations.pop_back();
  return true;
}

bool Builder::isLast(ValueId value) const {
  const Value &made = summary.value(value);
  return (made.kind == ValueKind::Result || made.kind == ValueKind::Awaited) &&
         made.a + 1 == position();
}

void Builder::discard(ValueId value) {
  const Value &made = summary.value(value);
  if (made.kind == ValueKind::Result || made.kind == ValueKind::Awaited)
    summary.operations[made.a].isDiscarded = true;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

FunctionId Builder::addFunction(Function function,
                                llvm::ArrayRef<Parameter> parameters) {
  FunctionId id(sizeOf(summary.functions));
  function.parameters.begin = sizeOf(summary.parameters);
  summary.parameters.insert(summary.parameters.end(), parameters.begin(),
                            parameters.end());
  function.parameters.end = sizeOf(summary.parameters);
  summary.functions.push_back(function);
  variablesOf.emplace_back();
  for (const Parameter &parameter : parameters)
    variablesOf.back().push_back(parameter.name);
  return id;
}

void Builder::open(FunctionId id) {
  assert(!opened && "one function at a time");
  opened = id;
  summary.functions[id.index()].operations.begin = position();
}

void Builder::close() {
  summary.functions[opened.index()].operations.end = position();
  opened = {};
}

Place Builder::addVariable(FunctionId function, llvm::StringRef name) {
  auto &variables = variablesOf[function.index()];
  variables.push_back(summary.intern(name));
  return {function, static_cast<std::uint32_t>(variables.size() - 1)};
}

Place Builder::global(llvm::StringRef linkage) {
  FunctionId module(0);
  auto [known, isNew] = globals.try_emplace(linkage);
  if (isNew)
    known->second = addVariable(module, linkage).index;
  return {module, known->second};
}

void Builder::finish() {
  assert(!opened && "close the function first");
  for (std::size_t i = 0; i != summary.functions.size(); ++i) {
    IndexRange &range = summary.functions[i].variables;
    range.begin = sizeOf(summary.variables);
    for (StringId name : variablesOf[i])
      summary.variables.push_back({name});
    range.end = sizeOf(summary.variables);
  }
}

} // namespace looplint::cpp
