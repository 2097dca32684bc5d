//===- RuleNames.cpp - rules as people know them --------------------------===//

#include "looplint/Report/RuleNames.h"

#include <cassert>

using namespace looplint;

std::string looplint::codeSpelling(std::uint16_t code) {
  return "LOOP" + std::to_string(code);
}

const RuleInfo *looplint::findRule(std::uint16_t code) {
  for (const RuleInfo &rule : allRules())
    if (rule.code == code)
      return &rule;
  return nullptr;
}

llvm::StringRef looplint::ruleName(std::uint16_t code) {
  const RuleInfo *rule = findRule(code);
  assert(rule && "a finding's code is in the catalogue");
  return rule->name;
}
