//===- Causes.cpp - findings that come from one cause ---------------------===//
//
// Two things make one cause. The way to a finding goes through the place of
// another one: a sync form is called where a loop runs, and what blocks below
// it is found as well. Or two findings of a rule share the root and the first
// call from there: a helper that a thread runs asks for the loop in three
// places. One change cures them all; a root alone is shared by what has nothing
// to do with each other.
//
// Only neighbours are joined, so that a report still reads from top to bottom.
//
//===----------------------------------------------------------------------===//

#include "Causes.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <tuple>

using namespace looplint;
using namespace looplint::report;

llvm::ArrayRef<WitnessStep> report::stepsTowards(const Finding &finding) {
  llvm::ArrayRef<WitnessStep> steps = finding.witness;
  while (!steps.empty() && steps.back().at == finding.at)
    steps = steps.drop_back();
  return steps;
}

namespace {

/// For each finding another one that it belongs to, or itself.
class Leaders {
public:
  explicit Leaders(const Findings &findings);

  std::size_t of(std::size_t index) const {
    while (leader[index] != index)
      index = leader[index];
    return index;
  }

private:
  std::size_t find(std::size_t index);

  using FirstCall =
      std::tuple<std::uint16_t, Location, std::string, Location, std::string>;
  const Findings &findings;
  std::vector<std::size_t> leader;
  std::map<Location, std::size_t> places;
  std::map<FirstCall, std::size_t> calls;
};

} // namespace

Leaders::Leaders(const Findings &findings) : findings(findings) {
  for (std::size_t i = 0; i < findings.size(); ++i) {
    places.try_emplace(findings[i].at, i);
    leader.push_back(i);
  }
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (std::size_t found = find(i); of(found) != i)
      leader[i] = found;
}

std::size_t Leaders::find(std::size_t index) {
  const Finding &finding = findings[index];
  llvm::ArrayRef<WitnessStep> steps = stepsTowards(finding);
  for (const WitnessStep &step : steps)
    if (auto other = places.find(step.at);
        other != places.end() && !(step.at == finding.at))
      return other->second;
  if (steps.size() < 2)
    return index;
  FirstCall call(finding.code, steps[0].at, steps[0].message, steps[1].at,
                 steps[1].message);
  return calls.try_emplace(std::move(call), index).first->second;
}

std::vector<CauseGroup> report::groupsByCause(const Findings &findings) {
  const Leaders leaders(findings);
  std::vector<CauseGroup> groups;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (i != 0 && leaders.of(i) == leaders.of(i - 1))
      groups.back().others.push_back(&findings[i]);
    else
      groups.push_back({&findings[i], {}});
  return groups;
}

llvm::ArrayRef<WitnessStep> report::furtherSteps(const Finding &first,
                                                 const Finding &other) {
  llvm::ArrayRef<WitnessStep> steps = stepsTowards(other);
  const auto *through = llvm::find_if(
      steps, [&](const WitnessStep &step) { return step.at == first.at; });
  if (through != steps.end())
    return steps.drop_front(static_cast<std::size_t>(through - steps.begin()) +
                            1);
  std::size_t shared = 0;
  llvm::ArrayRef<WitnessStep> known = first.witness;
  while (shared < steps.size() && shared < known.size() &&
         steps[shared].at == known[shared].at &&
         steps[shared].message == known[shared].message)
    ++shared;
  return steps.drop_front(shared);
}
