//===- ModelConditions.cpp - whether what a model says holds of a call ----===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

namespace {

/// What an argument may be; nothing where it was left out.
struct Given {
  const Atoms &atoms;
  const Program &program;
  llvm::SmallVector<AtomId, 8> members;

  bool any(AtomKind kind) const {
    return llvm::any_of(members,
                        [&](AtomId id) { return atoms[id].kind == kind; });
  }
  template <typename Test> bool only(AtomKind kind, Test test) const {
    return !members.empty() && llvm::all_of(members, [&](AtomId id) {
      return atoms[id].kind == kind && test(atoms[id].a);
    });
  }
  bool only(AtomKind kind) const {
    return only(kind, [](std::uint32_t) { return true; });
  }
  /// `acquire(0)` is how C programmers say False.
  bool isTrue(bool wanted) const {
    return only(AtomKind::Integer,
                [&](std::uint32_t number) { return (number != 0) == wanted; });
  }
  bool isNumber(llvm::StringRef wanted) const {
    std::uint32_t known = 0;
    return !wanted.getAsInteger(10, known) &&
           only(AtomKind::Integer,
                [&](std::uint32_t number) { return number == known; });
  }
  bool isText(llvm::StringRef wanted) const {
    return only(AtomKind::String, [&](std::uint32_t text) {
      return program.symbols[Symbol(text)] == wanted;
    });
  }
  bool isValue(llvm::StringRef wanted) const {
    return only(AtomKind::External, [&](std::uint32_t name) {
      return llvm::is_contained(llvm::split(wanted, '|'),
                                program.symbols[Symbol(name)]);
    });
  }
};

/// What only the interpreter knows of one value.
struct Tests {
  llvm::function_ref<bool(AtomId)> isOfType;
  llvm::function_ref<bool(AtomId)> isCoroutineFunction;
  llvm::function_ref<bool(AtomId)> isPlainFunction;
};

} // namespace

static bool isSo(const Condition &condition, const Given &given,
                 const Tests &tests) {
  const llvm::SmallVectorImpl<AtomId> &members = given.members;
  switch (condition.kind) {
  case Condition::Present:
    return !members.empty();
  case Condition::Absent:
    return members.empty();
  case Condition::IsNone:
    return members.empty() || given.only(AtomKind::None);
  case Condition::IsGiven:
    return !members.empty() && !given.any(AtomKind::None);
  case Condition::IsTrue:
    return given.only(AtomKind::True) || given.isTrue(true);
  case Condition::IsFalse:
    return given.only(AtomKind::False) || given.isTrue(false);
  case Condition::IsCoroutine:
    return given.any(AtomKind::Coroutine);
  case Condition::IsCoroutineFunction:
    return !members.empty() && llvm::all_of(members, tests.isCoroutineFunction);
  case Condition::IsPlainFunction:
    return !members.empty() && llvm::all_of(members, tests.isPlainFunction);
  case Condition::IsType:
    return llvm::any_of(members, tests.isOfType);
  case Condition::IsNoType:
    return llvm::none_of(members, tests.isOfType);
  case Condition::IsValue:
    return given.isValue(condition.name);
  case Condition::IsText:
    return given.isText(condition.name);
  case Condition::IsNoText:
    return !given.isText(condition.name);
  case Condition::IsNumber:
    return given.isNumber(condition.name);
  case Condition::IsNoNumber:
    return !given.isNumber(condition.name);
  }
  return false;
}

/// All of them speak of arguments, or of the receiver's fields.
bool Interpreter::holds(llvm::ArrayRef<Condition> conditions,
                        const LibraryCall &call) {
  return llvm::all_of(conditions, [&](const Condition &condition) {
    llvm::StringRef field = condition.parameter;
    SetId value = field.consume_front("self.") && call.self
                      ? fieldOf(atoms.only(call.self), field, call)
                      : parameterValue(condition.parameter, call);
    bool isRest = llvm::any_of(call.api.parameters, [&](const auto &known) {
      return known.isRest && known.name == condition.parameter;
    });
    auto isFunction = [&](AtomId id, bool isAsync) {
      return !isCoroutineValue(id) && isCoroutineFunction(id) == isAsync;
    };
    Given given{atoms, program,
                llvm::SmallVector<AtomId, 8>(atoms.members(
                    isRest ? element(value, noPosition) : value))};
    return isSo(
        condition, given,
        {.isOfType =
             [&](AtomId id) {
               return isInstance(id, external(condition.name)) == Truth::Yes;
             },
         .isCoroutineFunction = [&](AtomId id) { return isFunction(id, true); },
         .isPlainFunction = [&](AtomId id) { return isFunction(id, false); }});
  });
}
