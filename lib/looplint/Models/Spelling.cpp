//===- Spelling.cpp - the words of models ---------------------------------===//

#include "Spelling.h"

#include "looplint/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

static constexpr llvm::StringLiteral effectSpellings[] = {
#define EFFECT(Name, spelling, description) spelling,
#include "looplint/Models/Effects.def"
};

llvm::StringRef looplint::spelling(EffectKind kind) {
  return effectSpellings[static_cast<std::size_t>(kind)];
}

std::optional<EffectKind> models::effectKind(llvm::StringRef text) {
  const auto *found = llvm::find(effectSpellings, text);
  if (found == std::end(effectSpellings))
    return std::nullopt;
  return static_cast<EffectKind>(found - std::begin(effectSpellings));
}

std::string models::didYouMean(llvm::StringRef written,
                               llvm::ArrayRef<llvm::StringRef> known) {
  const std::optional<llvm::StringRef> best = nearest(written, known);
  return best ? ("; did you mean `" + *best + "`?").str() : "";
}

std::string models::suggestion(llvm::StringRef written,
                               llvm::ArrayRef<llvm::StringRef> known) {
  if (std::string near = didYouMean(written, known); !near.empty())
    return near;
  // Nobody reads through a hundred words.
  if (known.empty() || known.size() > 24)
    return "";

  std::string result = known.size() == 1 ? "; expected " : "; expected one of ";
  llvm::ListSeparator separator;
  for (llvm::StringRef word : known)
    result += (llvm::StringRef(separator) + "`" + word + "`").str();
  return result;
}
