//===- OwnLoaders.cpp - loaders that the program itself defines -----------===//

#include "OwnLoaders.h"

#include "OwnCaches.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether the call puts something into the field.
static bool addsTo(const Summary &summary, const Operation &op,
                   const StoredParameter &stored) {
  if (op.kind != OperationKind::Call || !op.value)
    return false;
  const Value &callee = behindType(summary, op.value);
  return callee.kind == ValueKind::Attribute &&
         isOwnField(summary, ValueId(callee.a), summary.string(stored.field)) &&
         llvm::any_of(summary.argumentsOf(op), [&](const Argument &argument) {
           const Value &value = behindType(summary, argument.value);
           return value.kind == ValueKind::Local && value.a == stored.parameter;
         });
}

/// `keys.clear()`, `std::move(keys)`, `batch.swap(keys)`: nothing is left in
/// it.
static bool takesAll(const Summary &summary, const Operation &op,
                     llvm::StringRef field) {
  if (op.kind != OperationKind::Call || !op.value)
    return false;
  const Value &callee = behindType(summary, op.value);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
  if (callee.kind == ValueKind::Attribute &&
      isOwnField(summary, ValueId(callee.a), field))
    return op.isDiscarded && arguments.empty();
  llvm::StringRef name =
      callee.kind == ValueKind::Attribute ? summary.string(StringId(callee.b))
      : callee.kind == ValueKind::Entity
          ? summary.string(StringId(callee.a)).rsplit('.').second
          : "";
  bool isMoved = name == "move" || name == "swap" || name == "exchange";
  return isMoved && llvm::any_of(arguments, [&](const Argument &argument) {
           return isOwnField(summary, argument.value, field);
         });
}

/// A coroutine that adds its parameter to a field, waits, and then takes all
/// that the field holds by then and gives back its part.
static bool isBatchingLoad(const Summary &summary, FunctionId method,
                           const FieldUse &use) {
  const Function &function = summary.function(method);
  return llvm::any_of(use.stored, [&](const StoredParameter &stored) {
    enum { Begun, Added, Waited, Taken } stage = Begun;
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      const Operation &op = summary.operations[i];
      if (stage == Begun && addsTo(summary, op, stored))
        stage = Added;
      else if (stage == Added && op.kind == OperationKind::Await)
        stage = Waited;
      else if (stage == Waited &&
               takesAll(summary, op, summary.string(stored.field)))
        stage = Taken;
      else if (stage == Taken && op.kind == OperationKind::Return && op.value)
        return true;
    }
    return false;
  });
}

static Effect cacheEffect(CacheUse use) {
  Effect caches;
  caches.kind = EffectKind::Caches;
  caches.cache = use;
  return caches;
}

void OwnLoaders::examine(const Program &program, ClassKey key,
                         llvm::StringRef name,
                         llvm::ArrayRef<OwnMethod> methods) {
  bool hasCoroutine = llvm::any_of(methods, [&](const OwnMethod &method) {
    return program.function(method.key).isAsync;
  });
  if (!hasCoroutine)
    return;
  const llvm::DenseSet<std::uint32_t> remembering =
      rememberingLoads(program, methods);
  for (const OwnMethod &method : methods) {
    auto load = std::make_unique<ApiFunction>();
    load->name = cppName(program.displayName(method.key));
    if (program.function(method.key).isAsync &&
        isBatchingLoad(program.summary(method.file), program.local(method.key),
                       method.use))
      load->effects.emplace_back().kind = EffectKind::Batches;
    if (remembering.contains(method.key.raw()))
      load->effects.push_back(cacheEffect(CacheUse::Answers));
    if (!load->effects.empty())
      loads.try_emplace(method.key.raw(), std::move(load));
  }
  if (remembering.empty())
    return;
  auto making = std::make_unique<ApiFunction>();
  making->name = cppName(name);
  making->effects.push_back(cacheEffect(CacheUse::Keeps));
  makings.try_emplace(key.raw(), std::move(making));
}

const ApiFunction *OwnLoaders::loadOf(FunctionKey function) const {
  auto found = loads.find(function.raw());
  return found == loads.end() ? nullptr : found->second.get();
}

const ApiFunction *OwnLoaders::makingOf(ClassKey key) const {
  auto found = makings.find(key.raw());
  return found == makings.end() ? nullptr : found->second.get();
}
