//===- Repair.cpp ---------------------------------------------------------===//

#include "Repair.h"

#include "AddSuppressions.h"
#include "looplint/Fix/UnusedImports.h"
#include "looplint/Report/RuleNames.h"

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

/// Goes on to a proposal that may be applied; false where there is none.
bool Repair::skipTo(Candidate &candidate, Applicability most) const {
  const std::vector<Fix> &fixes = found[candidate.finding].fixes;
  while (candidate.fix < fixes.size() &&
         fixes[candidate.fix].applicability > most)
    ++candidate.fix;
  return candidate.fix < fixes.size();
}

std::vector<Repair::Candidate> Repair::candidates(Applicability most) const {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < found.size(); ++i) {
    Candidate candidate{.finding = i};
    if (skipTo(candidate, most))
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
        all.push_back({i, fix});
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
  reasons.push_back(
      llvm::formatv("{0} in {1}: the fix \"{2}\" is withheld: {3}",
                    codeSpelling(finding.code), file.path(),
                    fixOf(candidate).message, reason.str()));
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

/// Finds the fixes that stand on a line that \p added speaks of; else those in
/// its file; else it may be any of them.
void Repair::blame(const Finding &added, const std::vector<Candidate> &chosen,
                   const EditSet &edits, std::vector<std::size_t> &failed) {
  std::vector<Location> places = {added.at};
  for (const WitnessStep &step : added.witness)
    places.push_back(step.at);
  auto isNear = [&](const Edit &edit) {
    const SourceFile &file = analysis.sources.file(edit.at.file);
    std::uint32_t line =
        file.position(edits.moved(edit.at.file, edit.at.span.begin)).line;
    return llvm::any_of(places, [&](const Location &place) {
      return place.file == edit.at.file &&
             file.position(place.span.begin).line == line;
    });
  };
  auto isInFile = [&](const Edit &edit) {
    return edit.at.file == added.at.file;
  };
  auto collect = [&](auto matches) {
    std::vector<std::size_t> guilty;
    for (std::size_t i = 0; i < chosen.size(); ++i)
      if (llvm::any_of(fixOf(chosen[i]).edits, matches))
        guilty.push_back(i);
    return guilty;
  };
  std::vector<std::size_t> guilty = collect(isNear);
  if (guilty.empty())
    guilty = collect(isInFile);
  if (guilty.empty())
    guilty = collect([](const Edit &) { return true; });
  for (std::size_t i : guilty) {
    if (!llvm::is_contained(failed, i))
      withhold(chosen[i], "it would lead to " + codeSpelling(added.code));
    failed.push_back(i);
  }
}

/// Indices of the chosen fixes that do not do what they should.
std::vector<std::size_t> Repair::failures(const std::vector<Candidate> &chosen,
                                          const EditSet &edits) {
  std::set<Identity> expected;
  std::map<Identity, std::size_t> treated;
  std::vector<bool> isChosen(found.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    isChosen[chosen[i].finding] = true;
    treated[movedIdentity(found[chosen[i].finding], edits)] = i;
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!isChosen[i])
      expected.insert(movedIdentity(found[i], edits));

  std::vector<std::size_t> failed;
  for (const Finding &finding : findingsOf(analysis, configuration)) {
    Identity identity = identityOf(finding);
    // That a comment is not needed any more is no harm; the next round takes it
    // away.
    bool isIdle = finding.code == unusedSuppression;
    if (expected.contains(identity) || isIdle)
      continue;
    auto same = treated.find(identity);
    if (same == treated.end()) {
      blame(finding, chosen, edits, failed);
      continue;
    }
    if (!llvm::is_contained(failed, same->second))
      withhold(chosen[same->second], "the finding would stay");
    failed.push_back(same->second);
  }
  llvm::sort(failed);
  failed.erase(llvm::unique(failed), failed.end());
  return failed;
}

/// Returns the fixes that hold together; the analysis is then that of the texts
/// with them.
std::vector<Repair::Candidate> Repair::tryOut(std::vector<Candidate> pending,
                                              Applicability most) {
  for (unsigned attempt = 0; attempt < mostAttempts; ++attempt) {
    EditSet edits;
    std::vector<Candidate> chosen;
    for (const Candidate &candidate : pending)
      if (edits.add(fixOf(candidate)))
        chosen.push_back(candidate);
    Texts wanted;
    for (FileId file : edits.files()) {
      const SourceFile &source = analysis.sources.file(file);
      auto known = base.try_emplace(file, source.document().str());
      wanted[file] = edits.applyToDocument(source, file, known.first->second);
    }
    moveTo(wanted);
    if (chosen.empty())
      return {};
    std::vector<std::size_t> failed = failures(chosen, edits);
    if (failed.empty())
      return chosen;
    for (std::size_t i : failed) {
      auto at = llvm::find_if(pending, [&](const Candidate &candidate) {
        return candidate.finding == chosen[i].finding;
      });
      ++at->fix;
      if (!skipTo(*at, most))
        pending.erase(at);
    }
  }
  moveTo({});
  return {};
}

/// Adds to \p into, by finding, the fix that holds of each.
void Repair::prove(std::vector<Candidate> pending, Applicability most,
                   std::vector<std::vector<Fix>> &into) {
  for (unsigned attempt = 0; attempt < mostAttempts && !pending.empty();
       ++attempt) {
    std::vector<Candidate> good = tryOut(pending, most);
    if (good.empty())
      break;
    for (const Candidate &candidate : good)
      into[candidate.finding].push_back(fixOf(candidate));
    // What was in the way of the others is out of it now.
    llvm::erase_if(pending, [&](const Candidate &candidate) {
      return llvm::any_of(good, [&](const Candidate &done) {
        return done.finding == candidate.finding;
      });
    });
  }
}

void Repair::offer() {
  propose();
  std::vector<std::vector<Fix>> proved(found.size());
  prove(candidates(Applicability::Unsafe), Applicability::Unsafe, proved);
  // Behind what can be applied: what stands first in a finding's list is the
  // better answer.
  prove(displayed(), Applicability::Display, proved);
  restoreTexts();
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i].fixes = std::move(proved[i]);
}

void Repair::apply(bool unsafeToo) {
  Applicability most = unsafeToo ? Applicability::Unsafe : Applicability::Safe;
  for (unsigned round = 0; round < mostRounds; ++round) {
    propose();
    base.clear();
    present.clear();
    std::vector<Candidate> good = tryOut(candidates(most), most);
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
