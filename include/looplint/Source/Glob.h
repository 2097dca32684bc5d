//===- Glob.h - Git's wildcards -------------------------------------------===//

#ifndef LOOPLINT_SOURCE_GLOB_H
#define LOOPLINT_SOURCE_GLOB_H

#include "llvm/ADT/StringRef.h"

#include <bitset>
#include <cstdint>
#include <vector>

namespace looplint {

/// A path pattern with `*`, `?`, `[…]`, `\` and, where it stands between
/// slashes or at an end, `**`. Compiled once; matching neither allocates nor
/// recurses. Immutable, so thread-safe.
class Glob {
public:
  explicit Glob(llvm::StringRef pattern);

  /// Whether the whole of \p path matches.
  bool matches(llvm::StringRef path) const;

private:
  enum class Kind : std::uint8_t {
    Byte,           // this byte
    Any,            // any byte but a slash
    Class,          // a byte of class number `value`, and no slash
    Star,           // any run without a slash
    AnyPath,        // any run
    AnyDirectories, // nothing, or any run that ends with a slash
  };

  struct Token {
    Kind kind;
    std::uint32_t value = 0;
  };

  bool matchesByte(const Token &token, char byte) const;
  llvm::StringRef addStars(llvm::StringRef rest, bool afterSlash);
  /// Consumes a class from \p rest, which begins after `[`. False where it has
  /// no end, or an unknown name in it.
  bool addClass(llvm::StringRef &rest);

  std::vector<Token> tokens;
  std::vector<std::bitset<256>> classes;
  /// A class without an end or a backslash at the end matches nothing.
  bool isMalformed = false;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_GLOB_H
