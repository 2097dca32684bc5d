//===- Propose.cpp --------------------------------------------------------===//

#include "looplint/Fix/Propose.h"

#include "Cures.h"
#include "looplint/Source/CppFiles.h"

using namespace looplint;

namespace {

struct Cure {
  std::uint16_t code;
  bool isForCpp;
  std::optional<Fix> (*write)(Workbench &, const Finding &);
};

} // namespace

static constexpr Cure table[] = {
#define CURE(Code, Name) {Code, false, cures::Name},
#define CPP_CURE(Code, Name) {Code, true, cures::Name},
#include "Cures.def"
};

std::vector<GivenUp> looplint::proposeFixes(Findings &findings,
                                            const FixInput &input) {
  Workbench bench(input);
  std::vector<GivenUp> givenUp;
  for (Finding &finding : findings) {
    // What a repair would have to change is only known where the finding says
    // which operation it is about.
    if (!finding.subject.operation)
      continue;
    bool isInCpp = isCppFile(input.sources.file(finding.at.file).path());
    // Nor whether an edit compiles where the compiler has errors without it.
    if (isInCpp && !input.program.summary(finding.at.file).errors.empty())
      continue;
    for (const Cure &cure : table) {
      if (cure.code != finding.code || cure.isForCpp != isInCpp)
        continue;
      // What is gone is cured by nothing but leaving it out.
      const Effect *effect = finding.subject.effect;
      bool isGone = effect && effect->kind == EffectKind::Retired;
      if (isGone && cure.write != cures::dropArgument)
        continue;
      bench.reason.clear();
      if (std::optional<Fix> fix = cure.write(bench, finding)) {
        // A header that several units read is one file.
        for (Edit &edit : fix->edits)
          edit.at.file = input.sources.first(edit.at.file);
        finding.fixes.push_back(std::move(*fix));
      } else if (!bench.reason.empty()) {
        givenUp.push_back({finding.code, finding.at, bench.reason});
      }
    }
  }
  return givenUp;
}
