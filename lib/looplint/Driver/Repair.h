//===- Repair.h - fixes, proved before they are offered -------------------===//
//
// A proposed fix is tried out on the texts in memory: the program is analysed
// again, and the fix is good where its finding is gone and no other has come.
// An analysis is expensive, so many fixes are tried at once. A fix whose
// finding stays, or that stands where a new one speaks of, is wrong for good
// and gives way to the next proposal; one that is merely suspected has a second
// turn, as have those that were in the way of others.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_REPAIR_H
#define LOOPLINT_LIB_DRIVER_REPAIR_H

#include "looplint/Driver/Analyze.h"
#include "looplint/Fix/Edits.h"
#include "looplint/Fix/Propose.h"

#include <map>

namespace looplint {

class Repair {
public:
  /// \p findings are those of \p analysis.
  Repair(Analysis analysis, Findings findings,
         const Configuration &configuration);

  /// Leaves the texts as they are, and in each finding the fixes that were
  /// proved: one that can be applied, and one that is only shown behind it.
  /// What result() says of the program is not to be used then.
  void offer();

  /// Applies what is allowed to the texts in memory, in rounds, until nothing
  /// changes. Afterwards findings() are those that are left.
  void apply(bool unsafeToo);

  /// Silences what is left by comments, in the texts in memory. \p reason may
  /// be empty.
  void suppress(llvm::StringRef reason);

  const Findings &findings() const { return found; }
  const Analysis &result() const { return analysis; }
  /// What the files that apply() changed contained before.
  const std::map<FileId, std::string> &originals() const { return before; }
  /// How many findings apply() has repaired, and why others were left: lines
  /// for people.
  unsigned fixedCount() const { return fixed; }
  const std::vector<std::string> &withheld() const { return reasons; }

  Analysis takeAnalysis() && { return std::move(analysis); }

private:
  /// A finding and its proposal that is tried.
  struct Candidate {
    std::size_t finding = 0;
    std::size_t fix = 0;
    /// What of the finding's other proposals may take its place.
    Applicability most = Applicability::Unsafe;
    bool wasSuspected = false;

    bool isFor(const Candidate &other) const {
      return finding == other.finding && most == other.most;
    }
    bool isSame(const Candidate &other) const {
      return isFor(other) && fix == other.fix;
    }
  };
  enum class Verdict : std::uint8_t { Good, Suspect, Wrong };
  using Texts = std::map<FileId, std::string>;

  FixInput fixInput() const;
  void propose();
  std::vector<Candidate> candidates(Applicability most) const;
  std::vector<Candidate> displayed() const;
  bool skipTo(Candidate &candidate) const;
  std::vector<Candidate> choose(const std::vector<Candidate> &pending,
                                EditSet &edits) const;
  std::vector<Candidate> tryOut(std::vector<Candidate> &pending);
  std::vector<Verdict> judge(const std::vector<Candidate> &chosen,
                             const EditSet &edits);
  void passOver(const Candidate &failed, Verdict verdict,
                std::vector<Candidate> &pending,
                std::vector<Candidate> &later) const;
  void keep(const std::vector<Candidate> &good,
            std::vector<std::vector<Fix>> &into) const;
  void moveTo(const Texts &wanted);
  void restoreTexts();
  void tidy();
  const Fix &fixOf(const Candidate &candidate) const {
    return found[candidate.finding].fixes[candidate.fix];
  }
  void withhold(const Candidate &candidate, const llvm::Twine &reason);

  Analysis analysis;
  Findings found;
  /// What the texts that the fixes refer to had that could not be read.
  Findings wasUnread;
  const Configuration &configuration;
  /// The texts that the fixes of this round refer to, where they were changed.
  Texts base;
  /// The texts that the analysis is of, as far as they differ from `base`.
  Texts present;
  Texts before;
  unsigned fixed = 0;
  std::vector<std::string> reasons;
};

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_REPAIR_H
