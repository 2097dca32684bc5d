//===- IgnorePatterns.h - the patterns of one .gitignore ------------------===//

#ifndef LOOPLINT_SOURCE_IGNOREPATTERNS_H
#define LOOPLINT_SOURCE_IGNOREPATTERNS_H

#include "looplint/Source/Glob.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// A list of patterns with the meaning that Git gives them, byte for byte as
/// `git check-ignore` decides. Immutable once filled, so thread-safe.
class IgnorePatterns {
public:
  /// The contents of a .gitignore file: comments, escapes, any end of line.
  static IgnorePatterns parse(llvm::StringRef text);

  /// Adds one pattern, as a line without its end.
  void add(llvm::StringRef text);

  bool empty() const { return patterns.empty(); }

  /// What the last matching pattern says: true is ignored, false is kept by a
  /// `!` pattern, none where no pattern matches. \p path is relative to the
  /// folder of the patterns, with `/`. That everything in an ignored folder is
  /// ignored is up to the caller, who does not enter it.
  std::optional<bool> decide(llvm::StringRef path, bool isFolder) const;

private:
  struct Pattern {
    bool isNegated = false;
    bool onlyFolders = false;
    /// Without a slash it is matched with the last component alone.
    bool hasSlash = false;
    /// The part before the first wildcard.
    std::string literal;
    /// The rest, if there is one.
    std::optional<Glob> glob;
  };

  static bool matches(const Pattern &pattern, llvm::StringRef path);

  std::vector<Pattern> patterns;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_IGNOREPATTERNS_H
