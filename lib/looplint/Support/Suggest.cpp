//===- Suggest.cpp - "did you mean" ---------------------------------------===//
//
// Edit distance over a folded spelling, with a limit of a third of the word:
// beyond that a suggestion is a guess, and a wrong guess is worse than none.
//
//===----------------------------------------------------------------------===//

#include "looplint/Support/Suggest.h"

#include <algorithm>
#include <string>

using namespace looplint;
using llvm::StringRef;

static std::string folded(StringRef word) {
  std::string result = word.lower();
  std::ranges::replace(result, '_', '-');
  return result;
}

std::optional<StringRef>
looplint::nearest(StringRef word, llvm::ArrayRef<StringRef> candidates) {
  const std::string wanted = folded(word);
  const unsigned limit = std::max<unsigned>(1, wanted.size() / 3);

  std::optional<StringRef> best;
  unsigned bestDistance = limit + 1;
  for (StringRef candidate : candidates) {
    // A limit of 0 would mean "no limit" to edit_distance.
    const unsigned distance = StringRef(wanted).edit_distance(
        folded(candidate), /*AllowReplacements=*/true, bestDistance);
    // With everything replaced nothing of the word is left, however short.
    if (distance >= bestDistance || distance >= candidate.size())
      continue;

    bestDistance = distance;
    best = candidate;
    if (distance == 0)
      break;
  }
  return best;
}
