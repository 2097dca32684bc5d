//===- Repair.cpp ---------------------------------------------------------===//

#include "Repair.h"

#include "AddSuppressions.h"
#include "Blame.h"
#include "looplint/Fix/UnusedImports.h"
#include "looplint/Report/RuleNames.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <set>
#include <tuple>

using namespace looplint;

/// What goes wrong again and again is not worth more analyses than this.
static constexpr unsigned mostAttempts = 8;
/// Repairs uncover findings, whose repairs uncover others; it ends somewhere.
static constexpr unsigned mostRounds = 12;
static constexpr std::uint16_t unusedSuppression = 901;

Repair::Repair(Analysis analysis, Findings findings,
               const Configuration &configuration)
    : analysis(std::move(analysis)), found(std::move(findings)),
      configuration(configuration) {}

FixInput Repair::fixInput() const {
  return {.program = *analysis.program,
          .contexts = *analysis.contexts,
          .models = *analysis.models,
          .sources = analysis.sources,
          .targetVersion = configuration.targetVersion};
}

void Repair::propose() {
  wasUnread = analysis.unanalysed;
  for (const GivenUp &one : proposeFixes(found, fixInput())) {
    const SourceFile &file = analysis.sources.file(one.at.file);
    std::string line = llvm::formatv(
        "{0} in {1}:{2}: no fix: {3}", codeSpelling(one.code), file.path(),
        file.position(one.at.span.begin).line, one.reason);
    if (!llvm::is_contained(reasons, line))
      reasons.push_back(std::move(line));
  }
  // What it refers to goes with the next analysis.
  for (Finding &finding : found)
    finding.subject = {};
}

/// Goes on to a proposal that may be tried; false where there is none.
bool Repair::skipTo(Candidate &candidate) const {
  const std::vector<Fix> &fixes = found[candidate.finding].fixes;
  while (candidate.fix < fixes.size() &&
         fixes[candidate.fix].applicability > candidate.most)
    ++candidate.fix;
  return candidate.fix < fixes.size();
}

std::vector<Repair::Candidate> Repair::candidates(Applicability most) const {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < found.size(); ++i) {
    Candidate candidate{.finding = i, .most = most};
    if (skipTo(candidate))
      all.push_back(candidate);
  }
  return all;
}

/// Of each finding the first proposal that is only shown.
std::vector<Repair::Candidate> Repair::displayed() const {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t fix = 0; fix < found[i].fixes.size(); ++fix)
      if (found[i].fixes[fix].applicability == Applicability::Display) {
        all.push_back({i, fix, Applicability::Display});
        break;
      }
  return all;
}

/// Makes the analysis that of `base` with \p wanted in place of some texts.
void Repair::moveTo(const Texts &wanted) {
  std::vector<NewText> changes;
  for (const auto &[file, text] : wanted)
    changes.push_back({file, text});
  for (const auto &[file, text] : present)
    if (!wanted.contains(file))
      changes.push_back({file, base.at(file)});
  if (changes.empty())
    return;
  analysis = inferAgain(std::move(analysis), changes, configuration);
  present = wanted;
}

/// Nothing is asked of the program any more: its texts are enough.
void Repair::restoreTexts() {
  for (const auto &[file, text] : present)
    analysis.sources.file(file).edit(base.at(file));
  present.clear();
}

void Repair::withhold(const Candidate &candidate, const llvm::Twine &reason) {
  const Finding &finding = found[candidate.finding];
  const SourceFile &file = analysis.sources.file(finding.at.file);
  std::string line =
      llvm::formatv("{0} in {1}: the fix \"{2}\" is withheld: {3}",
                    codeSpelling(finding.code), file.path(),
                    fixOf(candidate).message, reason.str());
  if (!llvm::is_contained(reasons, line))
    reasons.push_back(std::move(line));
}

namespace {

/// A finding is the same one where it has the same code at the same place.
using Identity = std::tuple<std::uint16_t, FileId, std::uint32_t>;

} // namespace

static Identity identityOf(const Finding &finding) {
  return {finding.code, finding.at.file, finding.at.span.begin};
}

static Identity movedIdentity(const Finding &finding, const EditSet &edits) {
  return {finding.code, finding.at.file,
          edits.moved(finding.at.file, finding.at.span.begin)};
}

/// What becomes of each of the chosen fixes.
std::vector<Repair::Verdict> Repair::judge(const std::vector<Candidate> &chosen,
                                           const EditSet &edits) {
  std::set<Identity> expected;
  std::map<Identity, std::size_t> treated;
  std::vector<bool> isChosen(found.size());
  std::vector<Traces> traces;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    isChosen[chosen[i].finding] = true;
    treated[movedIdentity(found[chosen[i].finding], edits)] = i;
    traces.push_back(tracesOf(fixOf(chosen[i]), edits));
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!isChosen[i])
      expected.insert(movedIdentity(found[i], edits));
  for (const Finding &finding : wasUnread)
    expected.insert(movedIdentity(finding, edits));

  std::vector<Verdict> verdicts(chosen.size(), Verdict::Good);
  Findings now = findingsOf(analysis, configuration);
  // What does not compile is no repair, whichever rules are asked for.
  llvm::append_range(now, analysis.unanalysed);
  for (const Finding &finding : now) {
    Identity identity = identityOf(finding);
    // That a comment is not needed any more is no harm; the next round takes it
    // away.
    bool isIdle = finding.code == unusedSuppression;
    if (expected.contains(identity) || isIdle)
      continue;
    auto same = treated.find(identity);
    bool isNew = same == treated.end();
    Blame blame = blameFor(finding, traces, analysis);
    if (!isNew) {
      // Where others changed what leads there, it may stay because of them.
      bool isAlone = !blame.isSure || blame.fixes == std::vector{same->second};
      verdicts[same->second] = std::max(
          verdicts[same->second], isAlone ? Verdict::Wrong : Verdict::Suspect);
      withhold(chosen[same->second], "the finding would stay");
      continue;
    }
    for (std::size_t i : blame.fixes) {
      verdicts[i] = std::max(verdicts[i],
                             blame.isSure ? Verdict::Wrong : Verdict::Suspect);
      withhold(chosen[i], "it would lead to " + codeSpelling(finding.code));
    }
  }
  return verdicts;
}

/// As many of \p pending as go together, one for each finding.
std::vector<Repair::Candidate>
Repair::choose(const std::vector<Candidate> &pending, EditSet &edits) const {
  std::vector<Candidate> chosen;
  std::vector<bool> isTreated(found.size());
  for (const Candidate &candidate : pending) {
    if (isTreated[candidate.finding] || !edits.add(fixOf(candidate)))
      continue;
    isTreated[candidate.finding] = true;
    chosen.push_back(candidate);
  }
  return chosen;
}

/// The fix gives way to the finding's next one. What is only suspected has
/// another turn behind the others.
void Repair::passOver(const Candidate &failed, Verdict verdict,
                      std::vector<Candidate> &pending,
                      std::vector<Candidate> &later) const {
  auto at = llvm::find_if(pending, [&](const Candidate &candidate) {
    return candidate.isSame(failed);
  });
  if (verdict == Verdict::Suspect && !at->wasSuspected) {
    later.push_back(*at);
    later.back().wasSuspected = true;
  }
  ++at->fix;
  if (!skipTo(*at))
    pending.erase(at);
}

/// Returns the fixes that hold together; the analysis is then that of the texts
/// with them. Where there are none, it may be of any texts. What is worth
/// another try beside others is left in \p pending.
std::vector<Repair::Candidate> Repair::tryOut(std::vector<Candidate> &pending) {
  std::vector<Candidate> later;
  std::vector<Candidate> good;
  for (unsigned attempt = 0; attempt < mostAttempts && !pending.empty();
       ++attempt) {
    EditSet edits;
    std::vector<Candidate> chosen = choose(pending, edits);
    if (chosen.empty())
      break;
    Texts wanted;
    for (FileId file : edits.files()) {
      const SourceFile &source = analysis.sources.file(file);
      auto known = base.try_emplace(file, source.document().str());
      wanted[file] = edits.applyToDocument(source, file, known.first->second);
    }
    moveTo(wanted);
    std::vector<Verdict> verdicts = judge(chosen, edits);
    if (llvm::all_of(verdicts,
                     [](Verdict one) { return one == Verdict::Good; })) {
      good = std::move(chosen);
      break;
    }
    for (std::size_t i = 0; i < chosen.size(); ++i)
      if (verdicts[i] != Verdict::Good)
        passOver(chosen[i], verdicts[i], pending, later);
  }
  llvm::append_range(pending, later);
  llvm::erase_if(pending, [&](const Candidate &candidate) {
    return llvm::any_of(
        good, [&](const Candidate &done) { return candidate.isFor(done); });
  });
  return good;
}

/// Adds to \p into, by finding, the fix that holds of each.
void Repair::keep(const std::vector<Candidate> &good,
                  std::vector<std::vector<Fix>> &into) const {
  for (const Candidate &candidate : good)
    into[candidate.finding].push_back(fixOf(candidate));
}

void Repair::offer() {
  propose();
  std::vector<std::vector<Fix>> proved(found.size());
  std::vector<Candidate> pending = candidates(Applicability::Unsafe);
  keep(tryOut(pending), proved);
  // What was in the way of the others is out of it now. What is only shown is
  // tried beside them, so that what is applied never rests on it.
  llvm::append_range(pending, displayed());
  for (unsigned round = 0; round < mostRounds && !pending.empty(); ++round)
    keep(tryOut(pending), proved);
  restoreTexts();
  // What can be applied stands before what is only shown.
  for (std::size_t i = 0; i < found.size(); ++i) {
    llvm::stable_sort(proved[i], [](const Fix &left, const Fix &right) {
      return left.applicability != Applicability::Display &&
             right.applicability == Applicability::Display;
    });
    found[i].fixes = std::move(proved[i]);
  }
}

void Repair::apply(bool unsafeToo) {
  Applicability most = unsafeToo ? Applicability::Unsafe : Applicability::Safe;
  for (unsigned round = 0; round < mostRounds; ++round) {
    propose();
    base.clear();
    present.clear();
    std::vector<Candidate> pending = candidates(most);
    std::vector<Candidate> good = tryOut(pending);
    if (good.empty())
      moveTo({});
    for (const auto &[file, text] : present)
      before.try_emplace(file, base.at(file));
    fixed += static_cast<unsigned>(good.size());
    found = findingsOf(analysis, configuration);
    if (good.empty())
      break;
  }
  tidy();
}

void Repair::suppress(llvm::StringRef reason) {
  EditSet edits;
  edits.add(suppressionsFor(found, analysis.sources, reason));
  Texts wanted;
  base.clear();
  present.clear();
  for (FileId file : edits.files()) {
    const SourceFile &source = analysis.sources.file(file);
    base[file] = source.document().str();
    before.try_emplace(file, base[file]);
    wanted[file] = edits.applyToDocument(source, file, base[file]);
  }
  moveTo(wanted);
  found = findingsOf(analysis, configuration);
}

/// What several fixes together have left without a use is imported no more.
void Repair::tidy() {
  FixInput input = fixInput();
  Texts wanted;
  base.clear();
  present.clear();
  for (const auto &[file, original] : before) {
    const SourceFile &source = analysis.sources.file(file);
    llvm::StringRef text = source.text();
    if (isCppFile(source.path()))
      continue; // includes are not followed
    if (!source.cells().empty())
      continue; // a reader of a notebook may use it in a cell yet to be written
    python::Layout now(text);
    EditSet edits;
    edits.add({.edits = unusedImports(input, file, now,
                                      python::Layout(original), now)});
    if (edits.empty())
      continue;
    base[file] = text.str();
    wanted[file] = edits.apply(file, text);
  }
  moveTo(wanted);
  found = findingsOf(analysis, configuration);
}
