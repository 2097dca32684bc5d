//===- OwnCaches.cpp - coroutines that remember what they have loaded -----===//

#include "OwnCaches.h"

#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

/// One method, and one field that it may answer from.
class CacheReader {
public:
  CacheReader(const Summary &summary, FunctionId method, llvm::StringRef field)
      : summary(summary), function(summary.function(method)), field(field) {}

  bool isRemembering();

private:
  /// In the order in which they have to come.
  enum Stage { Begun, Asked, Waited, Stored, Answered };
  /// What an operation does to the field.
  enum Use { None, Asks, Stores, Other };

  Use useOf(const Operation &op) const;
  Use useOfCall(const Operation &call) const;
  bool isField(ValueId id) const { return isOwnField(summary, id, field); }
  bool isParameter(ValueId id) const;

  const Summary &summary;
  const Function &function;
  llvm::StringRef field;
};

} // namespace

bool CacheReader::isParameter(ValueId id) const {
  if (!id)
    return false;
  const Value &value = behindType(summary, id);
  return value.kind == ValueKind::Local && value.a != 0 &&
         value.a < function.parameters.size();
}

/// `find(key)`, `contains(key)` and `end()` ask, `emplace(key, answer)` stores.
CacheReader::Use CacheReader::useOfCall(const Operation &call) const {
  llvm::SmallVector<ValueId, 2> given;
  for (const Argument &argument : summary.argumentsOf(call))
    if (argument.kind == Argument::Positional)
      given.push_back(argument.value);
  const Value &callee = behindType(summary, call.value);
  bool isOnField =
      callee.kind == ValueKind::Attribute && isField(ValueId(callee.a));
  if (!isOnField)
    return llvm::any_of(given, [&](ValueId id) { return isField(id); }) ? Other
                                                                        : None;
  if (given.size() > 1)
    return isParameter(given.front()) ? Stores : Other;
  if (call.isDiscarded)
    return Other;
  if (given.empty())
    return None;
  return isParameter(given.front()) ? Asks : Other;
}

CacheReader::Use CacheReader::useOf(const Operation &op) const {
  switch (op.kind) {
  case OperationKind::Call:
    return op.value ? useOfCall(op) : None;
  case OperationKind::BindItem:
    if (!isField(op.target))
      return None;
    return isParameter(op.key) ? Stores : Other;
  case OperationKind::BindAttribute: {
    bool isHere =
        isThis(summary, op.target) && summary.string(op.name) == field;
    return isHere || isField(op.value) ? Other : None;
  }
  default:
    return None;
  }
}

bool CacheReader::isRemembering() {
  Stage stage = Begun;
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operations[i];
    Use use = useOf(op);
    if (use == Other)
      return false;
    if (use == Stores && stage < Waited)
      return false; // an answer that was there before
    if (stage == Begun && use == Asks)
      stage = Asked;
    else if (stage == Asked && op.kind == OperationKind::Await)
      stage = Waited;
    else if (stage == Waited && use == Stores)
      stage = Stored;
    else if (stage == Stored && op.kind == OperationKind::Return && op.value)
      stage = Answered;
  }
  return stage == Answered;
}

//===----------------------------------------------------------------------===//
// The class
//===----------------------------------------------------------------------===//

/// Whether the method, or a lambda in it, speaks of that field of its object.
static bool mentions(const Program &program, const OwnMethod &method,
                     llvm::StringRef field, bool onlyLambdas) {
  const Summary &summary = program.summary(method.file);
  FunctionId id = program.local(method.key);
  Span body = summary.function(id).span;
  return llvm::any_of(summary.values, [&](const Value &value) {
    if (value.kind != ValueKind::Attribute ||
        summary.string(StringId(value.b)) != field)
      return false;
    const Value &object = behindType(summary, ValueId(value.a));
    if (object.kind == ValueKind::Outer)
      return FunctionId(object.a) == id && object.b == 0;
    bool isThis = object.kind == ValueKind::Local && object.a == 0;
    return !onlyLambdas && isThis && value.span.begin >= body.begin &&
           value.span.end <= body.end;
  });
}

llvm::DenseSet<std::uint32_t>
looplint::rememberingLoads(const Program &program,
                           llvm::ArrayRef<OwnMethod> methods) {
  llvm::DenseSet<std::uint32_t> loads;
  llvm::StringRef field;
  for (const OwnMethod &method : methods) {
    const Summary &summary = program.summary(method.file);
    if (!program.function(method.key).isAsync)
      continue;
    for (StringId answering : method.use.returned) {
      llvm::StringRef name = summary.string(answering);
      bool isKnown = field.empty() || field == name;
      if (!isKnown || llvm::is_contained(method.use.weighed, answering) ||
          !CacheReader(summary, program.local(method.key), name)
               .isRemembering())
        continue;
      field = name;
      loads.insert(method.key.raw());
    }
  }
  bool isEmptied = llvm::any_of(methods, [&](const OwnMethod &method) {
    bool isAllowed = loads.contains(method.key.raw()) ||
                     method.name == language::initialiser ||
                     method.name == language::destructor;
    return mentions(program, method, field, /*onlyLambdas=*/isAllowed);
  });
  if (!loads.empty() && isEmptied)
    loads.clear();
  return loads;
}
