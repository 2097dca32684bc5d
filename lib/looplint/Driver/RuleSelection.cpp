//===- RuleSelection.cpp - which rules are on -----------------------------===//

#include "looplint/Driver/RuleSelection.h"

#include "looplint/Report/RuleNames.h"
#include "looplint/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

static llvm::Error unknownSelector(llvm::StringRef selector) {
  std::vector<std::string> codes;
  std::vector<llvm::StringRef> candidates = {"ALL"};
  for (const RuleInfo &rule : allRules())
    codes.push_back(codeSpelling(rule.code));
  llvm::append_range(candidates, codes);
  for (const RuleInfo &rule : allRules())
    candidates.push_back(rule.name);

  std::string message = llvm::formatv("unknown rule `{0}`", selector).str();
  if (auto suggestion = nearest(selector, candidates))
    message += llvm::formatv("; did you mean `{0}`?", *suggestion).str();
  else
    message += "; `looplint rules` lists them";
  return llvm::createStringError(message);
}

llvm::Expected<RuleSet> looplint::rulesNamed(llvm::StringRef selector) {
  RuleSet rules;
  for (const RuleInfo &rule : allRules()) {
    llvm::StringRef text = selector.trim();
    bool isCode =
        text.starts_with_insensitive("LOOP") &&
        llvm::StringRef(codeSpelling(rule.code)).starts_with_insensitive(text);
    if (isCode || text.equals_insensitive(rule.name) ||
        text.equals_insensitive("ALL"))
      rules.insert(rule.code);
  }
  if (rules.empty())
    return unknownSelector(selector);
  return rules;
}

/// How much a selector counts: ALL < LOOP < LOOP2 < LOOP20 < LOOP201 = a name.
static std::size_t weightOf(llvm::StringRef selector) {
  static constexpr std::size_t wholeCode = llvm::StringRef("LOOP201").size();
  llvm::StringRef text = selector.trim();
  if (text.equals_insensitive("ALL"))
    return 0;
  return text.starts_with_insensitive("LOOP") ? text.size() : wholeCode;
}

llvm::Expected<RuleSet>
looplint::selectRules(llvm::ArrayRef<std::string> select,
                      llvm::ArrayRef<std::string> ignore) {
  struct Selector {
    std::size_t weight;
    bool isOn;
    RuleSet rules;
  };

  std::vector<Selector> selectors;
  for (bool isOn : {true, false})
    for (const std::string &text : isOn ? select : ignore) {
      llvm::Expected<RuleSet> rules = rulesNamed(text);
      if (!rules)
        return rules.takeError();
      selectors.push_back({weightOf(text), isOn, std::move(*rules)});
    }

  // Of equal weight, what is ignored comes later and wins.
  llvm::sort(selectors, [](const Selector &left, const Selector &right) {
    return std::make_pair(left.weight, !left.isOn) <
           std::make_pair(right.weight, !right.isOn);
  });
  RuleSet enabled;
  for (const Selector &selector : selectors)
    for (std::uint16_t code : selector.rules) {
      if (selector.isOn)
        enabled.insert(code);
      else
        enabled.erase(code);
    }
  return enabled;
}
