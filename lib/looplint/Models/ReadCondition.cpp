//===- ReadCondition.cpp - `if = …` and `field = …` -----------------------===//

#include "Reader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using namespace looplint::models;

bool Scope::hasParameter(llvm::StringRef name) const {
  return llvm::any_of(parameters, [&](const ModelParameter &parameter) {
    return parameter.name == name;
  });
}

bool Scope::hasRest(llvm::StringRef name) const {
  return llvm::any_of(parameters, [&](const ModelParameter &parameter) {
    return parameter.isRest && parameter.name == name;
  });
}

static void readCondition(const TomlValue &value, const Scope &scope,
                          Complaints &complaints,
                          llvm::SmallVectorImpl<Condition> &result) {
  // "timeout is none" and "timeout none" say the same.
  auto [parameter, kind] = llvm::StringRef(value.string).split(' ');
  kind.consume_front("is ");
  auto [word, name] = kind.split(' ');
  const std::optional<Condition::Kind> known =
      valueOf(Spellings<Condition::Kind>(conditionSpellings), word);
  const bool isOfType =
      known && (*known == Condition::IsType || *known == Condition::IsNoType);
  const bool isOfText =
      known && (*known == Condition::IsText || *known == Condition::IsNoText);
  const bool isOfNumber = known && (*known == Condition::IsNumber ||
                                    *known == Condition::IsNoNumber);
  const bool isNamed = isOfType || isOfText || isOfNumber ||
                       (known && *known == Condition::IsValue);
  if (!known || isNamed == name.empty()) {
    complaints.add(value.place,
                   "`" + value.string +
                       "` is no condition; expected a parameter, `is`, and "
                       "`present`, `absent`, `none`, `given`, `true`, `false`, "
                       "`coroutine`, `coroutine-function`, `plain-function`, "
                       "`type` or `no-type` with a type's name, `value` with a "
                       "value's, `text` or `no-text` with a text, or `number` "
                       "or `no-number` with a number");
    return;
  }
  const bool isField = scope.hasReceiver && parameter.starts_with("self.");
  if (!isField && !scope.hasParameter(parameter)) {
    complainNoParameter(parameter, value.place, scope, complaints);
    return;
  }
  Condition condition = {parameter.str(), *known, ""};
  if (isOfText || isOfNumber)
    condition.name = name.str();
  else if (isOfType)
    condition.name = readName(name, value.place, "the type", complaints);
  else if (isNamed)
    condition.name =
        llvm::join(llvm::map_range(llvm::split(name, '|'),
                                   [&](llvm::StringRef each) {
                                     return readName(each, value.place,
                                                     "the value", complaints);
                                   }),
                   "|");
  result.push_back(std::move(condition));
}

llvm::SmallVector<Condition, 1> models::readConditions(TableReader &table,
                                                       const Scope &scope) {
  llvm::SmallVector<Condition, 1> result;
  const TomlValue *conditions = table.ask("if");
  if (conditions && conditions->kind == TomlValue::String) {
    readCondition(*conditions, scope, table.complaints, result);
    return result;
  }
  for (const TomlValue *condition : table.strings("if"))
    readCondition(*condition, scope, table.complaints, result);
  return result;
}

std::string models::readField(TableReader &table, const Scope &scope) {
  std::string field = table.string("field");
  llvm::StringRef name = field;
  if (!name.consume_front("{") || !name.consume_back("}"))
    return field;
  const bool isOfElement = table.has("each") && name.starts_with("each.");
  if (!isOfElement && !scope.hasParameter(name.split('.').first))
    complainNoParameter(name, table.table.find("field")->place, scope,
                        table.complaints);
  return field;
}
