//===- Versions.cpp - conditions on the version of Python -----------------===//
//
// A condition is decided where every version that the project supports agrees:
// those from the lowest one on, all of which begin with 3.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/StringSwitch.h"

using namespace looplint;

static constexpr unsigned supportedMajor = 3;

/// `sys.version_info`, and `sys.version_info[:2]`.
bool Interpreter::isPythonVersion(ValueId id) {
  const Value &value = summary.value(id);
  bool isSlice = value.kind == ValueKind::Item &&
                 summary.value(ValueId(value.b)).kind == ValueKind::Unknown;
  llvm::ArrayRef<AtomId> all =
      atoms.members(evaluate(isSlice ? ValueId(value.a) : id));
  return all.size() == 1 && atoms[all[0]].kind == AtomKind::External &&
         program.symbols[Symbol(atoms[all[0]].a)] == language::pythonVersion;
}

/// `(3, 10)` as 310.
std::optional<Version> Interpreter::versionLiteral(ValueId id) {
  const Value &value = summary.value(id);
  llvm::ArrayRef<ValueId> parts = summary.operandsOf(value);
  if (value.kind != ValueKind::Tuple || parts.empty())
    return std::nullopt;
  unsigned version = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const Value *part = i < parts.size() ? &summary.value(parts[i]) : nullptr;
    if (part && part->kind != ValueKind::Integer)
      return std::nullopt;
    std::uint32_t number = part ? part->a : 0;
    version = i == 0 ? number * 100 : version + number;
  }
  return static_cast<Version>(version);
}

/// `sys.version_info < (3, 10)`: the version that it stays below.
std::optional<Version> Interpreter::upperVersion(const Value &condition) {
  return isPythonVersion(ValueId(condition.a))
             ? versionLiteral(ValueId(condition.b))
             : std::nullopt;
}

/// 0 for `v[0]` and `v.major`, 1 for `v[1]` and `v.minor`.
static std::optional<unsigned> memberOf(const Summary &summary,
                                        const Value &value) {
  if (value.kind == ValueKind::Item) {
    const Value &key = summary.value(ValueId(value.b));
    bool isNumber = key.kind == ValueKind::Integer && key.a <= 1;
    return isNumber ? std::optional<unsigned>(key.a) : std::nullopt;
  }
  if (value.kind != ValueKind::Attribute)
    return std::nullopt;
  return llvm::StringSwitch<std::optional<unsigned>>(
             summary.string(StringId(value.b)))
      .Case("major", 0)
      .Case("minor", 1)
      .Default(std::nullopt);
}

/// `sys.version_info[0] < 3`, `8 == sys.version_info.minor`.
Truth Interpreter::compareVersionMember(const Value &condition) {
  ValueId left(condition.a);
  ValueId right(condition.b);
  bool isSwapped = summary.value(left).kind == ValueKind::Integer;
  const Value &number = summary.value(isSwapped ? left : right);
  const Value &place = summary.value(isSwapped ? right : left);
  if (number.kind != ValueKind::Integer)
    return Truth::Unknown;
  std::optional<unsigned> member = memberOf(summary, place);
  if (!member || !isPythonVersion(ValueId(place.a)))
    return Truth::Unknown;

  bool isOrder = condition.kind == ValueKind::Less;
  if (*member == 0) {
    bool isBelow =
        isSwapped ? number.a < supportedMajor : supportedMajor < number.a;
    bool holds = isOrder ? isBelow : number.a == supportedMajor;
    return holds ? Truth::Yes : Truth::No;
  }
  unsigned lowest = static_cast<unsigned>(solver.options.versionIn(file)) % 100;
  if (isOrder && !isSwapped)
    return lowest >= number.a ? Truth::No : Truth::Unknown;
  if (lowest <= number.a)
    return Truth::Unknown;
  return isOrder ? Truth::Yes : Truth::No;
}

Truth Interpreter::compareVersions(const Value &condition) {
  if (Truth known = compareVersionMember(condition); known != Truth::Unknown)
    return known;
  Version lowest = solver.options.versionIn(file);
  if (std::optional<Version> bound = upperVersion(condition))
    return lowest >= *bound ? Truth::No : Truth::Unknown;
  if (isPythonVersion(ValueId(condition.b)))
    if (std::optional<Version> bound = versionLiteral(ValueId(condition.a)))
      return lowest > *bound ? Truth::Yes : Truth::Unknown;
  return Truth::Unknown;
}

/// What `OLD = sys.version_info < (3, 10)` stores where versions differ: a test
/// that conditions on the variable understand as the comparison itself.
SetId Interpreter::versionTest(const Value &condition) {
  bool isNegated = condition.kind == ValueKind::Not;
  const Value &order =
      isNegated ? summary.value(ValueId(condition.a)) : condition;
  std::optional<Version> bound = order.kind == ValueKind::Less
                                     ? upperVersion(order)
                                     : std::optional<Version>();
  if (!bound)
    return atoms.data();
  auto test = static_cast<std::uint32_t>(isNegated ? TestSubject::PythonFrom
                                                   : TestSubject::PythonBelow);
  return atoms.only(
      {.kind = AtomKind::TestResult,
       .a = test << 8 | static_cast<std::uint32_t>(TestForm::True),
       .b = *bound});
}
