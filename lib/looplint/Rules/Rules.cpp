//===- Rules.cpp - the catalogue ------------------------------------------===//

#include "looplint/Rules/Rules.h"

#include "Evidence.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace looplint;

static constexpr RuleInfo table[] = {
#define RULE(Code, Name, Spelling, DefaultSeverity, Summary)                   \
  {Code, Spelling, Severity::DefaultSeverity, Summary, rules::check##Name},
#define DRIVER_RULE(Code, Name, Spelling, DefaultSeverity, Summary)            \
  {Code, Spelling, Severity::DefaultSeverity, Summary, nullptr},
#include "looplint/Rules/Rules.def"
};

static_assert(std::ranges::adjacent_find(table, std::ranges::greater_equal(),
                                         &RuleInfo::code) ==
                  std::ranges::end(table),
              "Rules.def must be sorted by code, with no code twice");

llvm::ArrayRef<RuleInfo> looplint::allRules() { return table; }

/// Several codes may fit one place; this one says most. What happens while a
/// module is imported is LOOP103's, on whatever thread. Codes not listed fit
/// beside any other.
static int precedence(std::uint16_t code) {
  static constexpr std::uint16_t order[] = {203, 502, 201, 802, 601, 404, 803,
                                            103, 101, 102, 402, 401, 403};
  const auto *at = std::ranges::find(order, code);
  return at == std::end(order) ? -1 : static_cast<int>(at - order);
}

static bool isBetter(const Finding &left, const Finding &right) {
  return std::tuple(left.confidence, -static_cast<int>(left.witness.size()),
                    left.severity) >
         std::tuple(right.confidence, -static_cast<int>(right.witness.size()),
                    right.severity);
}

/// One report a place and code: the surest, with the shortest proof. Then one
/// of the codes that exclude each other.
static Findings onePerPlace(Findings all) {
  std::map<std::pair<Location, int>, Finding> best;
  for (Finding &finding : all) {
    std::pair key(finding.at, static_cast<int>(finding.code));
    auto [entry, inserted] = best.try_emplace(key, finding);
    if (!inserted && isBetter(finding, entry->second))
      entry->second = std::move(finding);
  }
  std::map<Location, int> strongest;
  for (const auto &[key, finding] : best) {
    int rank = precedence(finding.code);
    if (rank < 0)
      continue;
    auto [entry, inserted] = strongest.try_emplace(finding.at, rank);
    if (!inserted)
      entry->second = std::min(entry->second, rank);
  }
  Findings kept;
  for (auto &[key, finding] : best) {
    int rank = precedence(finding.code);
    if (finding.code == 702 && best.contains({finding.at, 501}))
      continue; // whoever makes the task elsewhere keeps it there, or need not
    if (rank < 0 || strongest[finding.at] == rank)
      kept.push_back(std::move(finding));
  }
  return kept;
}

Findings looplint::runRules(const RuleInput &input) {
  Findings all;
  for (const RuleInfo &rule : table)
    if (rule.check)
      llvm::append_range(all, rule.check(input));
  return onePerPlace(std::move(all));
}
