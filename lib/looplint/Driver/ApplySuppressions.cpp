//===- ApplySuppressions.cpp - which findings are silenced ----------------===//

#include "looplint/Driver/RuleSelection.h"
#include "looplint/Driver/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

static constexpr std::uint16_t unusedSuppression = 901;

namespace {

/// A suppression with its codes resolved, and what it has silenced so far.
struct Silencer {
  const Suppression &suppression;
  std::vector<RuleSet> rules; // of each code
  std::vector<bool> isUsed;   // by code

  explicit Silencer(const Suppression &suppression)
      : suppression(suppression), isUsed(suppression.codes.size()) {
    for (const Suppression::Code &code : suppression.codes)
      rules.push_back(rulesMeantBy(code.spelling));
  }

  /// Codes of other linters mean no rule of ours.
  static RuleSet rulesMeantBy(llvm::StringRef spelling) {
    llvm::Expected<RuleSet> rules = rulesNamed(spelling);
    if (rules)
      return *rules;
    llvm::consumeError(rules.takeError());
    return {};
  }

  bool covers(const Finding &finding) const {
    auto covered = [&](Location at) {
      return at.file == finding.at.file &&
             at.span.begin >= suppression.covers.begin &&
             at.span.begin < suppression.covers.end;
    };
    return covered(finding.at) ||
           llvm::any_of(finding.witness, [&](const WitnessStep &step) {
             return covered(step.at);
           });
  }

  bool silences(const Finding &finding) {
    if (!covers(finding))
      return false;
    bool anyCode = suppression.codes.empty();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!rules[i].contains(finding.code))
        continue;
      isUsed[i] = true;
      anyCode = true;
    }
    return anyCode;
  }
};

} // namespace

/// Every silencer is asked, so that each that would do counts as used.
static bool isSilenced(std::vector<Silencer> &silencers,
                       const Finding &finding) {
  bool silenced = false;
  for (Silencer &silencer : silencers)
    silenced |= silencer.silences(finding);
  return silenced;
}

/// Takes the code out of the comment, or the comment where it is the only one.
static std::vector<Fix> removalOf(FileId file, const Suppression &suppression,
                                  std::size_t index) {
  llvm::ArrayRef<Suppression::Code> codes = suppression.codes;
  Span span = suppression.removal;
  if (span.begin == span.end)
    return {};
  if (index > 0)
    span = {codes[index - 1].at.end, codes[index].at.end};
  else if (codes.size() > 1)
    span = {codes[0].at.begin, codes[1].at.begin};
  return {
      {Applicability::Safe, "remove the suppression", {{{file, span}, ""}}}};
}

/// LOOP901 for the codes of one file that silenced nothing. A rule that did
/// not run proves nothing, and the code of 901 itself is not asked about.
static Findings
reportUnused(FileId file, std::vector<Silencer> &silencers,
             llvm::function_ref<bool(std::uint16_t, FileId)> isEnabled) {
  Findings unused;
  for (const Silencer &silencer : silencers)
    for (std::size_t i = 0; i < silencer.rules.size(); ++i) {
      const RuleSet &rules = silencer.rules[i];
      bool counts = !rules.empty() && llvm::all_of(rules, [&](auto code) {
        return code != unusedSuppression && isEnabled(code, file);
      });
      if (silencer.isUsed[i] || !counts)
        continue;
      const Suppression::Code &code = silencer.suppression.codes[i];
      unused.push_back(
          {.code = unusedSuppression,
           .severity = Severity::Warning,
           .message =
               llvm::formatv("`{0}` is suppressed here, but nothing reports it",
                             code.spelling)
                   .str(),
           .at = {file, code.at},
           .fixes = removalOf(file, silencer.suppression, i)});
    }
  llvm::erase_if(unused,
                 [&](const Finding &f) { return isSilenced(silencers, f); });
  return unused;
}

Findings looplint::withoutSuppressed(
    Findings findings, llvm::ArrayRef<std::vector<Suppression>> suppressions,
    llvm::function_ref<bool(std::uint16_t, FileId)> isEnabled) {
  std::vector<std::vector<Silencer>> silencers(suppressions.size());
  for (std::size_t f = 0; f < suppressions.size(); ++f)
    for (const Suppression &suppression : suppressions[f])
      silencers[f].emplace_back(suppression);

  llvm::erase_if(findings, [&](const Finding &finding) {
    return isSilenced(silencers[finding.at.file.index()], finding);
  });

  for (std::uint32_t f = 0; f < silencers.size(); ++f)
    llvm::append_range(findings,
                       reportUnused(FileId(f), silencers[f], isEnabled));
  return findings;
}
